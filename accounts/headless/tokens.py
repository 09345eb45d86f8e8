"""What allauth gives a program that has just signed in."""

from typing import Any, cast

from allauth.headless.tokens.strategies.sessions import SessionTokenStrategy
from django.http import HttpRequest

from accounts.headless.grants import begin_grant
from accounts.models import User


class Pairs(SessionTokenStrategy):
    """The token of a session leads from one step of a sign-in to the next; after the last there is a pair of ours."""

    def create_access_token_payload(self, request: HttpRequest) -> dict[str, Any]:
        return begin_grant(cast("User", request.user), self.create_session_token(request)).as_sent()
