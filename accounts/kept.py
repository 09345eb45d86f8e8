"""Nothing that somebody wrote is lost when they turn out to be signed out: the text waits in the session.

It is kept under the address it was sent to, and given back once to the form at that address.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from net.limits import Rate, TooOften, spend

SESSION_KEY = "kept"
KEPT_AT_MOST = 5
KEPT_MAX = 100_000  # characters of one form, names and all
BUTTONS_SAY = 20  # characters at most
KEEPING = Rate(120, 3600)  # a class that shares an address shares the limit

View = Callable[..., HttpResponse]


def keep_text(request: HttpRequest) -> None:
    """Puts the fields of this POST aside, but nothing secret; only the last few are kept.

    Only for addresses guarded by `signed_in`: their forms give the text back, others would leave it in the session.
    """
    if gives_text_back(request):
        keep_for(request, request.path)


def keep_for(request: HttpRequest, address: str) -> None:
    """Puts the fields of this POST aside for the form at another address; says so when it is too much for that."""
    fields = {name: value for name, value in request.POST.items() if not _is_secret(name)}
    if not fields:
        return
    if sum(len(name) + len(value) for name, value in fields.items()) > KEPT_MAX or not _may_keep(request):
        messages.warning(request, _("What you wrote could not be kept. Your browser may still have it: go back there."))
        return
    kept = request.session.get(SESSION_KEY, {})
    kept.pop(address, None)
    kept[address] = fields
    request.session[SESSION_KEY] = dict(list(kept.items())[-KEPT_AT_MOST:])


def _may_keep(request: HttpRequest) -> bool:
    """Not without end: each text of a stranger is a session of its own."""
    who = request.user.pk or get_adapter(request).get_client_ip(request)
    try:
        spend("keep", who, KEEPING)
    except TooOften:
        return False
    return True


def gives_text_back(request: HttpRequest) -> bool:
    """Is there a form at this address that would be filled again?"""
    view = request.resolver_match and request.resolver_match.func
    return getattr(view, "gives_text_back", False)


def _is_secret(field: str) -> bool:
    return field == "csrfmiddlewaretoken" or "password" in field or field == "code"


def kept_text(request: HttpRequest) -> dict[str, Any]:
    """What was kept for this address, handed out once; empty when there is nothing."""
    kept = request.session.get(SESSION_KEY, {})
    if request.path not in kept:
        return {}
    fields: dict[str, Any] = kept.pop(request.path)
    request.session[SESSION_KEY] = kept
    return fields


def waits_behind_sign_in(request: HttpRequest) -> bool:
    """Whether words wait at the address to which the sign-in leads. What a button sends is no text: it has no blank."""
    address = request.POST.get("next") or request.GET.get("next", "")
    fields = request.session.get(SESSION_KEY, {}).get(address, {})
    return any(len(value.split()) > 1 or len(value) > BUTTONS_SAY for value in fields.values())


def signed_in(view: View) -> View:
    """Lets members pass. Others are sent to sign in and come back to this address with their text."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            keep_text(request)
        to_sign_in = redirect_to_login(request.path)
        if not request.headers.get("HX-Request"):
            return to_sign_in
        return HttpResponse(status=204, headers={"HX-Redirect": to_sign_in.url})

    guarded.gives_text_back = True  # type: ignore[attr-defined]
    return guarded
