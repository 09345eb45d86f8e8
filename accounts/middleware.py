"""The reader's language, times in the member's own zone, when a session was last seen, invalid forms as 422, the
password asked for on a page of its own, nothing of a member left in the browser after sign-out."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from accounts.bearer import is_program
from accounts.languages import language_of
from accounts.models import User
from accounts.sessions import LISTED, note_seen

Answer = Callable[[HttpRequest], HttpResponse]
ASK_AGAIN = ("account_reauthenticate", "mfa_reauthenticate")
"""The pages that ask once more whether it is you."""


def member_of(request: HttpRequest) -> User | None:
    """Who is signed in; without a session cookie or a token nobody is looked up."""
    is_somebody = is_program(request) or settings.SESSION_COOKIE_NAME in request.COOKIES
    if is_somebody and request.user.is_authenticated:
        return request.user
    return None


def spoken_language(get_response: Answer) -> Answer:
    """Answers in the language of who asks; to programs as their Accept-Language says."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request, member_of(request))):
            response = get_response(request)
        patch_vary_headers(response, ("Accept-Language",))
        return response

    return middleware


def local_time(get_response: Answer) -> Answer:
    """Activates the zone of the signed-in member."""

    def middleware(request: HttpRequest) -> HttpResponse:
        member = member_of(request)
        if member is None:
            return get_response(request)
        with timezone.override(ZoneInfo(member.time_zone)):
            return get_response(request)

    return middleware


def last_seen(get_response: Answer) -> Answer:
    """Notes that a session is in use, for the list of one's own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if member_of(request) is not None and LISTED in request.session:
            note_seen(request.session.session_key or "")
        return get_response(request)

    return middleware


def clean_sign_out(get_response: Answer) -> Answer:
    """Tells the browser to drop pages and drafts when a session ends, so that Back shows nothing private."""

    def middleware(request: HttpRequest) -> HttpResponse:
        was_signed_in = member_of(request) is not None
        response = get_response(request)
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return middleware


def invalid_forms(get_response: Answer) -> Answer:
    """Views of allauth show a form that came back with 200, as if it were new; to scripts and logs it is 422."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and getattr(form, "errors", None):
            response.status_code = 422
        return response

    return middleware


def whole_page_for_the_password(get_response: Answer) -> Answer:
    """When a part of a page does what asks for the password again, the question takes the whole page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        to = response.headers.get("Location", "")
        asks = tuple(reverse(name) for name in ASK_AGAIN)
        if request.headers.get("HX-Request") and to.startswith(asks):
            return HttpResponse(status=204, headers={"HX-Redirect": to})
        return response

    return middleware
