"""The headers that Django lacks and private answers for signed-in people."""

from collections.abc import Callable
from urllib.parse import unquote

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _

from config.views import too_often
from net.limits import TooOften

Answer = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
        "browsing-topics",
    )
)


def security_headers(get_response: Answer) -> Answer:
    """Adds Permissions-Policy and Cross-Origin-Resource-Policy to every answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def private_answers(get_response: Answer) -> Answer:
    """One URL has several faces: by person, and as page or fragment. No cache may mix them up."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        patch_vary_headers(response, ("Cookie", "HX-Request"))
        if request.user.is_authenticated and "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return middleware


def real_addresses(get_response: Answer) -> Answer:
    """No text of ours holds a NUL byte: nothing is at an address with one, and nothing can be found by one. PostgreSQL
    would refuse the question."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        if "\0" in unquote(request.META.get("QUERY_STRING", "")):
            raise BadRequest(_("This address asks for a NUL, a character that is in no text. Take %00 out of it."))
        return get_response(request)

    return middleware


def rate_limits(get_response: Answer) -> Answer:
    """Answers `TooOften` with 429."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return too_often(request, exception) if isinstance(exception, TooOften) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
