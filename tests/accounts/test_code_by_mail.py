"""Signing in by a code in one's mail: on pages and for programs, and how guessing ends."""

import time

import pytest
from django.contrib.auth import get_user
from django.test import Client

from outbox.models import Mail
from tests.accounts.codes import give_app
from tests.accounts.letters import code_in, last_mail
from tests.factories import make_user

ASK, TYPE = "/accounts/login/code/", "/accounts/login/code/confirm/"
ADDRESS = "ada@example.org"


@pytest.fixture
def ada(db):
    return make_user("ada", email=ADDRESS)


def asked(client: Client, email: str = ADDRESS, **more) -> str:
    """The code that came."""
    client.post(ASK, {"email": email} | more)
    return code_in(last_mail(email))


def test_code_signs_in_and_leads_to_where_one_was(ada, client):
    to = client.post(ASK, {"email": ADDRESS, "next": "/about/"})["Location"]
    wrong = client.post(to, {"code": "BCDF-GHJK"})
    assert (wrong.status_code, get_user(client).is_anonymous) == (422, True)
    typed = {"code": code_in(last_mail(ADDRESS)).lower(), "next": "/about/"}
    assert client.post(TYPE, typed)["Location"] == "/about/"
    assert get_user(client) == ada
    again = Client()
    again.post(TYPE, typed)
    assert get_user(again).is_anonymous


def test_new_code_takes_the_place_of_the_old(ada, client):
    old = asked(client)
    client.post(TYPE, {"action": "resend"})
    new = code_in(last_mail(ADDRESS))
    assert client.post(TYPE, {"code": old}).status_code == 422
    client.post(TYPE, {"code": new})
    assert get_user(client) == ada


def test_third_wrong_code_ends_it_and_the_sixth_mail_is_too_often(ada, client):
    code = asked(client)
    answers = [client.post(TYPE, {"code": "BCDF-GHJK"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 302]
    client.post(TYPE, {"code": code})
    assert get_user(client).is_anonymous
    answers = [Client().post(ASK, {"email": ADDRESS}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [302] * 4 + [429]
    assert (answers[-1]["Retry-After"], Mail.objects.count()) == ("900", 5)


def test_code_is_over_after_a_quarter_of_an_hour(ada, client, monkeypatch):
    code = asked(client)
    later = time.time() + 15 * 60 + 1
    monkeypatch.setattr("time.time", lambda: later)
    client.post(TYPE, {"code": code})
    assert get_user(client).is_anonymous


def test_closed_account_gets_no_code(ada, client):
    ada.is_active = False
    ada.save()
    client.post(ASK, {"email": ADDRESS})
    assert last_mail(ADDRESS).subject == "No Cairn account has this address"


def test_second_step_is_asked_for_all_the_same(ada, client):
    give_app(ada)
    assert client.post(TYPE, {"code": asked(client)})["Location"] == "/accounts/second-step/sign-in/"
    assert get_user(client).is_anonymous


def test_program_signs_in_by_a_code(ada):
    program = Client(enforce_csrf_checks=True)

    def sent(step: str, token: str = "", **body: str):
        headers = {"X-Session-Token": token} if token else {}
        return program.post(f"/api/auth/v1/code/{step}", body, content_type="application/json", headers=headers)

    half = [sent("request", email=email).json() for email in (ADDRESS, "eda@example.org")]
    tokens = [answer.pop("session_token") for answer in half]
    assert half[0] == half[1]
    assert half[0]["steps"] == ["login_by_code"]
    assert sent("confirm", tokens[0], code="BCDF-GHJK").status_code == 401
    assert "access_token" in sent("confirm", tokens[0], code=code_in(last_mail(ADDRESS))).json()
