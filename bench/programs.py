"""The same for programs: a post through the API beside its page, and what it costs to see whose token was sent."""

from datetime import timedelta
from importlib import import_module
from unittest.mock import patch

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.urls import reverse

from accounts.headless.grants import begin_grant
from accounts.headless.signed import Kind
from accounts.models import Scope, User
from accounts.tokens import make_token
from bench.scenario import Scenario, get

A_DAY = timedelta(days=1)


def through_api(post: int, member: User) -> list[Scenario]:
    """`statements` of the check alone: one for the folders themselves, the rest for the token."""
    address, folders = reverse("api:post", args=[post]), reverse("api:folders")
    personal, signed = bearer(personal_token(member)), bearer(signed_token(member))
    return [
        Scenario("post, 30 answers, API", [get(address)], 20, 4),
        Scenario("post, 30 answers, API, personal token", [get(address, personal)], 20, 8),
        Scenario("post, 30 answers, API, signed token", [get(address, signed)], 20, 8),
        Scenario("check of a personal token", [get(folders, personal)], None, 3),
        Scenario("check of a signed token", [get(folders, signed)], None, 3),
    ]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def personal_token(member: User) -> str:
    member.tokens.all().delete()
    return make_token(by=member, name="Benchmark", scope=Scope.READ, days=7)[1]


def signed_token(member: User) -> str:
    """Good for as long as the benchmark takes."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    with patch.object(Kind, "life", A_DAY):
        return begin_grant(member, session.session_key).access_token
