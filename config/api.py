"""The REST API under /api/v1/: each app brings its part, this joins them. Loaded when somebody first asks for it."""

import json
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.parser import Parser
from ninja.security import HttpBearer, SessionAuth

from accounts.bearer import is_program
from accounts.models import User
from ai_assist import api as ai_assist
from communities import api as communities
from config.problems import answer_with_problems
from net.problems import Problem


class WrittenTexts(Parser):
    """JSON and nothing else. It can name halves of characters, which no text has and no database keeps: such a body
    cannot be read."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if request.content_type != "application/json":
            raise Problem(415, _("Send application/json."))
        body = super().parse_body(request)
        json.dumps(body, ensure_ascii=False).encode()
        return body


class BearerToken(HttpBearer):
    """The middleware has looked at it."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return request.user if is_program(request) and request.user.is_authenticated else None


SIGNED_IN = [BearerToken(), SessionAuth()]


def strangers_read(request: HttpRequest) -> object:
    """Who is not signed in may look, and no more."""
    return request.user if request.method == "GET" else None


api = NinjaAPI(
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
api.add_router("", communities.public, auth=[*SIGNED_IN, strangers_read])

urlpatterns, app_name, _namespace = api.urls
for pattern in urlpatterns:
    if isinstance(pattern, URLPattern) and str(pattern.pattern) in ai_assist.ROOMS:
        pattern.callback.room = ai_assist.ROOMS[str(pattern.pattern)]  # type: ignore[attr-defined]
