"""Signing in by a provider, for programs: what the provider gave the program opens the account connected to it."""

import time

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.headless import providers
from accounts.models import User
from net.limits import Rate
from tests.accounts.codes import code_of, give_app
from tests.accounts.providing import ACCESS, KINDS, person
from tests.ai_assist.api.problem import is_problem
from tests.factories import make_user

AUTH = "/api/auth/v1/"
NOT_FOR_US = "The provider did not write this token for us, or it has expired."
OPENS_NOTHING = "This opens no account. Join with it on the pages, or connect it there first."


@pytest.fixture
def clara(db) -> User:
    """Joined with each of the providers, where she is number 7."""
    member = make_user("clara")
    for kind in KINDS:
        SocialAccount.objects.create(user=member, provider=kind, uid="7")
    return member


def sent(step: str = "provider", headers: dict[str, str] | None = None, **body: object):
    program = Client(enforce_csrf_checks=True)
    return program.post(AUTH + step, body, content_type="application/json", headers=headers or {})


def brought(provider, kind: str) -> dict[str, str]:
    """What a program has when its member signed in there."""
    return {"access_token": ACCESS} if kind == "github" else {"id_token": provider.id_token()}


def owner_of(pair: dict[str, str]) -> str:
    """Whose access token it is."""
    answer = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {pair['access_token']}"})
    return str(answer.json()["username"])


@pytest.mark.parametrize("kind", KINDS)
def test_connected_account_opens(provider, clara, kind):
    person(provider, kind, email="other@example.org")
    answer = sent(provider=kind, **brought(provider, kind))
    assert (answer.status_code, owner_of(answer.json())) == (200, "clara")


@pytest.mark.parametrize("kind", KINDS)
def test_second_step_is_asked_here_too(provider, clara, kind):
    give_app(clara)
    person(provider, kind)
    first = sent(provider=kind, **brought(provider, kind))
    assert (first.status_code, first.json()["steps"], "access_token" in first.json()) == (
        401,
        ["mfa_authenticate"],
        False,
    )
    token = {"X-Session-Token": first.json()["session_token"]}
    assert owner_of(sent("second-factor", token, code=code_of()).json()) == "clara"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("verified", [True, False, "true", None])
def test_no_address_opens_an_account(provider, clara, kind, verified):
    before = Session.objects.count()
    person(provider, kind, number=8, email=clara.email, verified=verified)
    is_problem(sent(provider=kind, **brought(provider, kind)), 409, OPENS_NOTHING)
    assert (SocialAccount.objects.count(), User.objects.count()) == (len(KINDS), 1)
    assert Session.objects.count() == before


def test_same_number_elsewhere_is_somebody_else(provider, clara):
    SocialAccount.objects.filter(provider="university").delete()
    person(provider, "university")
    is_problem(sent(provider="university", **brought(provider, "university")), 409, OPENS_NOTHING)


LONG_AGO = int(time.time()) - 700
WRONG = {
    "made for another program": {"aud": "another"},
    "made for another program as well": {"aud": ["cairn", "another"], "azp": "another"},
    "written by another": {"iss": "https://accounts.example.org"},
    "expired": {"exp": LONG_AGO},
    "kept for later": {"iat": LONG_AGO},
    "about nobody": {"sub": None},
    "without an end": {"exp": None},
    "without a beginning": {"iat": None},
}


@pytest.mark.parametrize("kind", ["google", "university"])
@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG)
def test_wrong_id_token_opens_nothing(provider, clara, kind, claims):
    person(provider, kind)
    provider.claims = claims
    is_problem(sent(provider=kind, **brought(provider, kind)), 401, NOT_FOR_US)


def forgeries(provider) -> dict[str, str]:
    said = jwt.decode(provider.id_token(), options={"verify_signature": False})
    own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    head, body, signature = provider.id_token().split(".")
    return {
        "by nobody": jwt.encode(said, "", algorithm="none"),
        "by another key": jwt.encode(said, own, algorithm="RS256", headers={"kid": provider.kid}),
        "by a shared secret": jwt.encode(said, "a secret between the two, and longer", algorithm="HS256"),
        "another body": f"{head}.{body[:-4]}AAAA.{signature}",
        "no token": "no token",
        "long": "x" * 9_000,
    }


def test_forged_id_token_opens_nothing(provider, clara, subtests):
    person(provider, "google")
    for name, token in forgeries(provider).items():
        with subtests.test(name):
            is_problem(sent(provider="google", id_token=token), 401, NOT_FOR_US)


def test_id_token_is_good_once(provider, clara):
    person(provider, "google")
    token = brought(provider, "google")
    assert sent(provider="google", **token).status_code == 200
    is_problem(sent(provider="google", **token), 401, NOT_FOR_US)


def test_token_that_github_gave_to_another_program_opens_nothing(provider, clara):
    person(provider, "github")
    is_problem(sent(provider="github", access_token="of another program"), 401, NOT_FOR_US)
    assert "/user" not in provider.asked


@pytest.mark.parametrize("kind", KINDS)
def test_provider_in_trouble_is_named(provider, clara, kind):
    provider.answer = (500, {})
    answer = sent(provider=kind, **(brought(provider, kind)))
    assert answer.status_code == 503
    assert "does not answer just now" in answer.json()["detail"]
    assert answer["Retry-After"] == "10"


def test_closed_account_does_not_open(provider, clara):
    User.objects.update(is_active=False)
    person(provider, "google")
    answer = sent(provider="google", **brought(provider, "google"))
    assert (answer.status_code, "access_token" in answer.json()) == (401, False)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "provider"),
        ({"provider": "nowhere", "id_token": "x"}, "provider"),
        ({"provider": "google"}, "id_token"),
        ({"provider": "google", "access_token": ACCESS}, "id_token"),
        ({"provider": "github", "id_token": "x"}, "access_token"),
        ({"provider": "google", "id_token": "x" * 10_001}, "id_token"),
    ],
)
def test_what_is_missing_is_named(provider, clara, body, where):
    answer = sent(**body)
    assert answer.status_code == 422
    assert [error["where"] for error in answer.json()["errors"]] == [["body", where]]


def test_provider_is_asked_so_often_a_minute(provider, clara, monkeypatch):
    monkeypatch.setattr(providers, "BRINGING", Rate(2, 3600))
    person(provider, "github")
    assert [sent(provider="github", access_token=ACCESS).status_code for _ in range(3)] == [200, 200, 429]


def test_nobody_is_asked_where_no_provider_is_set_up(clara):
    is_problem(sent(provider="google", id_token="x"), 422, "Nobody signs in here with this provider.")
