"""Who a program is by its personal token, and which ones are turned away."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Scope, Token, User
from accounts.tokens import make_token
from ai_assist.actions.asking import begin_conversation
from ai_assist.models import Folder
from ai_assist.reach import Chosen
from tests.ai_assist.api.problem import is_problem

FOLDERS = "/api/v1/folders"
UNKNOWN = "This token is not known here, or was revoked."


def sent(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def token(ada) -> tuple[Token, str]:
    return make_token(by=ada, name="Bot", scope=Scope.WRITE, days=30)


@pytest.fixture
def program() -> Client:
    """Like everything outside of browsers, it knows of no token against forged requests."""
    return Client(enforce_csrf_checks=True)


def test_token_makes_a_program_its_member(ada, token, program):
    headers = sent(token[1])
    made = program.post(FOLDERS, {"name": "Walks"}, content_type="application/json", headers=headers)
    assert (made.status_code, Folder.objects.get().owner) == (201, ada)
    listed = program.get(FOLDERS, headers=headers)
    assert listed.json() == {"folders": [{"id": Folder.objects.get().pk, "name": "Walks"}]}
    assert listed.headers["Cache-Control"] == "private, no-cache"
    assert set(listed.headers["Vary"].split(", ")) == {"Accept-Language", "Authorization", "Cookie", "HX-Request"}
    assert program.cookies == {}


def test_token_of_reading_writes_nothing(ada, program):
    headers = sent(make_token(by=ada, name="Bot", scope=Scope.READ, days=30)[1])
    assert program.get(FOLDERS, headers=headers).json() == {"folders": []}
    for method in (program.post, program.patch, program.put, program.delete):
        refused = method(FOLDERS, {"name": "Walks"}, content_type="application/json", headers=headers)
        assert is_problem(refused, 403, "This token may read, not write.")
        assert refused.headers["WWW-Authenticate"] == 'Bearer error="insufficient_scope"'
    assert Folder.objects.count() == 0


@pytest.mark.parametrize("secret", ["", "cairn_", "cairn_x y", "x" * 5000, "cairn_" + "\x00" * 40, "ÿ" * 46])
def test_what_is_no_token_is_refused(db, program, secret):
    refused = program.get(FOLDERS, headers=sent(secret))
    assert is_problem(refused, 401, UNKNOWN)
    assert refused.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_token_ends_when_it_is_said_to(token, program):
    Token.objects.update(expires_at=timezone.now() + timedelta(seconds=30))
    assert program.get(FOLDERS, headers=sent(token[1])).status_code == 200
    Token.objects.update(expires_at=timezone.now())
    refused = program.get(FOLDERS, headers=sent(token[1]))
    assert is_problem(refused, 401, "This token has expired. Make a new one in your settings.")


def test_token_that_was_revoked_is_refused(token, ada, program, client_of):
    client_of(ada).post(f"/settings/tokens/{token[0].pk}/revoke/")
    assert is_problem(program.get(FOLDERS, headers=sent(token[1])), 401, UNKNOWN)


def test_token_of_a_closed_account_is_refused_and_of_a_deleted_one_unknown(token, ada, program):
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert is_problem(program.get(FOLDERS, headers=sent(token[1])), 401, "This account is closed.")
    User.objects.filter(pk=ada.pk).delete()
    assert is_problem(program.get(FOLDERS, headers=sent(token[1])), 401, UNKNOWN)


def test_token_counts_not_the_cookie_beside_it(token, ada, eve, program):
    program.force_login(eve)
    made = program.post(FOLDERS, {"name": "Walks"}, content_type="application/json", headers=sent(token[1]))
    assert (made.status_code, Folder.objects.get().owner) == (201, ada)
    assert is_problem(program.get(FOLDERS, headers=sent("cairn_no")), 401, UNKNOWN)
    assert program.get(FOLDERS).json() == {"folders": []}


def test_token_opens_no_page(token, program):
    for address in ("/settings/", "/settings/tokens/", "/library/"):
        assert program.get(address, headers=sent(token[1]))["Location"] == f"/accounts/login/?next={address}"


def test_token_follows_streams(token, ada, eve, program):
    mine, theirs = (begin_conversation(Chosen(), by=who, question="Why?") for who in (ada, eve))
    headers = sent(token[1]) | {"Accept": "text/event-stream"}
    assert program.get(f"/streams/answers/{mine.uuid}/", headers=headers).status_code == 204
    assert program.get(f"/streams/answers/{theirs.uuid}/", headers=headers).status_code == 404
    refused = program.get(f"/streams/answers/{mine.uuid}/", headers=headers | sent("cairn_no"))
    assert is_problem(refused, 401, UNKNOWN)


def test_check_is_one_query_and_notes_the_use_once_a_minute(token, program, django_assert_num_queries):
    with django_assert_num_queries(3):  # the token, when it was used, the folders
        program.get(FOLDERS, headers=sent(token[1]))
    used = Token.objects.get().last_used_at
    with django_assert_num_queries(2):
        program.get(FOLDERS, headers=sent(token[1]))
    assert Token.objects.get().last_used_at == used
    Token.objects.update(last_used_at=used - timedelta(minutes=1))
    program.get(FOLDERS, headers=sent(token[1]))
    assert Token.objects.get().last_used_at >= used
