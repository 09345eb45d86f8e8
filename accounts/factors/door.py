"""The door of the admin: who is staff comes in by a second factor, used in this session."""

from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.factors.overview import factors_of, has_second_step
from accounts.models import User

Login = Callable[..., HttpResponse]


def is_open(request: HttpRequest) -> bool:
    """Whether this session has shown a second factor, where one is needed."""
    if not settings.ADMIN_NEEDS_SECOND_FACTOR:
        return True
    records = get_authentication_records(request, cast("User", request.user))
    return any(record.get("method") == "mfa" for record in records)


def lets_in(request: HttpRequest) -> bool:
    """What the admin asks before each of its pages."""
    return request.user.is_active and request.user.is_staff and is_open(request)


def guarded(login: Login) -> Login:
    """Where the admin sends whom it does not let in: staff show their factor there, or learn how to get one."""

    def at_the_door(request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        if not (request.user.is_active and request.user.is_staff) or is_open(request):
            return login(request, extra_context)
        if not has_second_step(request.user):
            return render(request, "accounts/admin_door_page.html", status=403)
        to = get_next_redirect_url(request) or reverse("admin:index")
        way = "mfa_reauthenticate" if factors_of(request.user).app else "mfa_reauthenticate_webauthn"
        return redirect(f"{reverse(way)}?{urlencode({'next': to})}")

    return at_the_door
