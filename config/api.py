"""The REST API under /api/v1/: each app brings its part, this joins them. Loaded when somebody first asks for it."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.security import HttpBearer, SessionAuth

from accounts.bearer import is_program
from accounts.models import User
from ai_assist import api as ai_assist
from communities import api as communities
from config.problems import answer_with_problems
from net.problems import Problem, problem
from notifications import api as notifications
from webhooks import api as webhooks

View = Callable[..., HttpResponseBase]


class WrittenTexts(Parser):
    """JSON and nothing else. It can name what no text has and no database keeps: halves of characters, with which a
    body cannot be read, and NUL, which is refused here for all fields of all requests."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if request.content_type != "application/json":
            raise Problem(415, _("Send application/json."))
        body = super().parse_body(request)
        json.dumps(body, ensure_ascii=False).encode()
        _check_no_nul(body, "body")
        return body

    def parse_querydict(self, data: MultiValueDict, list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        """Of forms; what stands in addresses was looked at before (`real_addresses`)."""
        found = super().parse_querydict(data, list_fields, request)
        _check_no_nul(found, "form")
        return found


def _check_no_nul(value: object, *where: str | int) -> None:
    """Raises Problem, which names the place."""
    if isinstance(value, str) and "\0" in value:
        sentence = _("There is a NUL in this, a character that is in no text. Take it out.")
        raise Problem(422, sentence, errors=[{"where": list(where), "detail": sentence}])
    if isinstance(value, dict):
        for name, inside in value.items():
            _check_no_nul(name, *where)
            _check_no_nul(inside, *where, name)
    if isinstance(value, list):
        for place, inside in enumerate(value):
            _check_no_nul(inside, *where, place)


class BearerToken(HttpBearer):
    """The middleware has looked at it."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return request.user if is_program(request) and request.user.is_authenticated else None


SIGNED_IN = [BearerToken(), SessionAuth()]


class Stranger:
    """Who is not signed in may look, and no more."""

    openapi_security_schema: dict[str, str] = {}

    def __call__(self, request: HttpRequest) -> object:
        return request.user if request.method == "GET" else None


class Api(NinjaAPI):
    """Its operations are called as their routes are: programs made from the description have these names."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return str(operation.url_name)


def by_every_method(view: View) -> View:
    """HEAD is asked as GET is (the server leaves the body out); a method that an address does not have is a problem as
    any other."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        method = request.method
        request.method = "GET" if method == "HEAD" else method
        try:
            response = view(request, *args, **kwargs)
        finally:
            request.method = method
        return _no_such_method(response["Allow"]) if isinstance(response, HttpResponseNotAllowed) else response

    return answered


def _no_such_method(allowed: str) -> HttpResponse:
    methods = {*allowed.split(", ")}
    response = problem(405, _("This address takes %(methods)s.") % {"methods": ", ".join(sorted(methods))})
    response.headers["Allow"] = ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))
    return response


api = Api(
    title="Cairn",
    version="1",
    description="What members do on the pages of Cairn, for programs.",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    auth=SIGNED_IN,
    parser=WrittenTexts(),
)
answer_with_problems(api)
api.add_router("", ai_assist.router)
api.add_router("", communities.own)
api.add_router("", notifications.router)
api.add_router("", webhooks.router)
api.add_router("", communities.public, auth=[*SIGNED_IN, Stranger()])

urlpatterns, app_name, _namespace = api.urls
for pattern in urlpatterns:
    if isinstance(pattern, URLPattern):
        pattern.callback = by_every_method(pattern.callback)
        if str(pattern.pattern) in ai_assist.ROOMS:
            pattern.callback.room = ai_assist.ROOMS[str(pattern.pattern)]  # type: ignore[attr-defined]
