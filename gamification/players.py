"""Who sees what of this floor: nothing of it reaches a member who chose quiet."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.slots import Filling
from gamification.models import Player
from prepared import Prepared, as_model, columns

PLAYER_FIELDS = columns(Player)
_player = Prepared(lambda user: Player.objects.filter(user=user).values_list(*PLAYER_FIELDS))
_PLACE = User._meta.get_field("player")

View = Callable[..., HttpResponse]


def player_of(user: User) -> Player:
    """What they chose; asked once for each instance of `user`. Who never chose has what everybody begins with."""
    if not _PLACE.is_cached(user):
        rows = _player.rows(user.pk)
        player = as_model(Player, PLAYER_FIELDS, rows[0]) if rows else Player(user=user)
        _PLACE.set_cached_value(user, player)
    return user.player


def is_quiet(request: HttpRequest) -> bool:
    return request.user.is_authenticated and player_of(request.user).is_quiet


def unless_quiet(filling: Filling) -> Filling:
    """The place stays empty for readers who chose quiet."""

    @wraps(filling)
    def filled(request: HttpRequest, **given: object) -> SafeString:
        return SafeString("") if is_quiet(request) else filling(request, **given)

    return filled


def playing(view: View) -> View:
    """Instead of the page, readers who chose quiet are told so, and how to change it."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_quiet(request):
            return render(request, "gamification/quiet_page.html")
        return view(request, *args, **kwargs)

    return shown
