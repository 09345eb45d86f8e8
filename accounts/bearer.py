"""Who a program is: by the token it sends, never by a cookie beside it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from accounts.models import Scope, User
from accounts.tokens import TokenRefused, token_behind
from net.problems import problem

FOR_PROGRAMS = ("/api/v1/", "/streams/")
SCHEME = "bearer"
SAFE = ("GET", "HEAD", "OPTIONS")
SIGNED_DOTS = 2  # in a signed token; a personal one has none

Answer = Callable[[HttpRequest], HttpResponse]


def bearer_tokens(get_response: Answer) -> Answer:
    """At addresses for programs, a request with a token is its member's; one whose token is not good goes no further.

    Browsers send no such header by themselves, so these requests need no protection against forged ones.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(FOR_PROGRAMS):
            return get_response(request)
        response = _let_in(request) or get_response(request)
        patch_vary_headers(response, ("Authorization",))
        return response

    return middleware


def is_program(request: HttpRequest) -> bool:
    """Whether a token says who this is."""
    return hasattr(request, "by_token")


def bearer_of(request: HttpRequest) -> str | None:
    """The token that was sent, whatever it is."""
    scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == SCHEME else None


def _let_in(request: HttpRequest) -> HttpResponse | None:
    """The answer to one who may not come in."""
    secret = bearer_of(request)
    if secret is None:
        return None
    try:
        member, scope = _member_behind(secret)
    except TokenRefused as refused:
        return _refusal(401, str(refused), "invalid_token")
    if scope == Scope.READ and request.method not in SAFE:
        return _refusal(403, _("This token may read, not write."), "insufficient_scope")
    request.user = member
    request.by_token = True  # type: ignore[attr-defined]
    return None


def _member_behind(secret: str) -> tuple[User, str]:
    """With what the token is for. Raises TokenRefused."""
    if secret.count(".") != SIGNED_DOTS:
        token = token_behind(secret)
        return token.member, token.scope
    from accounts.headless.grants import grant_behind  # what checks signatures takes 8 MB

    return grant_behind(secret).member, Scope.WRITE


def _refusal(status: int, sentence: str, error: str) -> HttpResponse:
    response = problem(status, sentence)
    response.headers["WWW-Authenticate"] = f'Bearer error="{error}"'
    return response
