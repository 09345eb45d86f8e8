"""Who sees what of this floor: nothing of it reaches a member who chose quiet."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.slots import Filling
from gamification.models import Player

View = Callable[..., HttpResponse]


def player_of(user: User) -> Player:
    """What they chose; who never chose has what everybody begins with."""
    return Player.objects.filter(user=user).first() or Player(user=user)


def shows_earned(member: User, reader: User | AnonymousUser) -> bool:
    """Whether the reader sees on the profile what the member earned."""
    return member == reader or player_of(member).shows_earned


def is_quiet(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.is_quiet


def unless_quiet(filling: Filling) -> Filling:
    """The place stays empty for readers who chose quiet, and on the profile of a `member` who did for everybody."""

    @wraps(filling)
    def filled(request: HttpRequest, **given: object) -> SafeString:
        member = given.get("member")
        if is_quiet(request) or (isinstance(member, User) and member.is_quiet):
            return SafeString("")
        return filling(request, **given)

    return filled


def playing(view: View) -> View:
    """Instead of the page, readers who chose quiet are told so, and how to change it."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_quiet(request):
            return render(request, "gamification/quiet_page.html")
        return view(request, *args, **kwargs)

    return shown
