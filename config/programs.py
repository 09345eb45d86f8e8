"""What only programs see: which origins of browsers may ask, and how much is left of a limit."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from accounts.bearer import FOR_PROGRAMS
from net.limits import telling

METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
MAY_SEND = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Session-Token"
MAY_READ = (
    "ETag, Idempotency-Replayed, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, "
    "WWW-Authenticate"
)
REMEMBERED = 600  # seconds that a browser keeps what it was told

Answer = Callable[[HttpRequest], HttpResponse]


def cross_origin(get_response: Answer) -> Answer:
    """Pages of other origins that the settings name may ask, with tokens and never with cookies."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.API_ORIGINS or not request.path_info.startswith(("/api/", *FOR_PROGRAMS)):
            return get_response(request)
        origin = request.headers.get("Origin", "")
        is_known = origin in settings.API_ORIGINS
        is_preflight = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = HttpResponse(status=204) if is_preflight and is_known else get_response(request)
        patch_vary_headers(response, ("Origin",))
        if is_known:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = MAY_READ
        if is_known and is_preflight:
            response.headers["Access-Control-Allow-Methods"] = METHODS
            response.headers["Access-Control-Allow-Headers"] = MAY_SEND
            response.headers["Access-Control-Max-Age"] = str(REMEMBERED)
        return response

    return middleware


def limits_told(get_response: Answer) -> Answer:
    """Where something was counted against limits, the answer says how much is left of the tightest."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(FOR_PROGRAMS):
            return get_response(request)
        with telling() as spent:
            response = get_response(request)
        if spent:
            tightest = min(spent, key=lambda one: one.left)
            response.headers["RateLimit-Limit"] = str(tightest.rate.amount)
            response.headers["RateLimit-Remaining"] = str(tightest.left)
            response.headers["RateLimit-Reset"] = str(tightest.ends_in)
        return response

    return middleware
