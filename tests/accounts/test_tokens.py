"""The pages on which members make, see and revoke their personal tokens."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.utils import timezone

from accounts import token_pages, tokens
from accounts.models import Scope, Token
from accounts.tokens import make_token
from net.limits import Rate
from tests.accounts.letters import last_mail, links_in
from tests.factories import make_user

PASSWORD = "seven piles of stones"
WANTED = {"name": "Course page", "scope": "read", "days": "30"}
NEW = "/settings/tokens/new/"


@pytest.fixture
def browser(db, client):
    """Nora typed her password a moment ago."""
    make_user("nora", password=PASSWORD)
    client.post("/accounts/login/", {"login": "nora", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_create_shows_the_token_once_and_keeps_a_digest(browser, read):
    response = browser.post(NEW, WANTED)
    secret = read(response).select_one(".code code").get_text()
    token = Token.objects.get()
    assert (response.status_code, "no-store" in response.headers["Cache-Control"]) == (201, True)
    assert re.fullmatch(r"cairn_[A-Za-z0-9]{40}", secret)
    assert (token.digest, token.prefix) == (sha256(secret.encode()).hexdigest(), secret[:12])
    assert (token.member.username, token.name, token.scope) == ("nora", "Course page", Scope.READ)
    assert abs(token.expires_at - timezone.now() - timedelta(days=30)) < timedelta(minutes=1)
    listed = browser.get("/settings/tokens/")
    facts = " ".join(read(listed).select_one(f"#token-{token.pk} .drafts__facts").get_text().split())
    assert facts.startswith(f"{secret[:12]}… · Read Ends ")
    assert facts.endswith("Never used Revoke")
    assert secret.encode() not in listed.content
    mail = last_mail("nora@example.org")
    assert (mail.subject, links_in(mail)) == (
        "A token for your account was made",
        ["http://localhost:8000/settings/tokens/"],
    )
    assert "just now: Course page (Read), good until" in mail.text
    assert secret[:12] not in mail.text


def test_create_without_sense_makes_nothing(browser, read):
    response = browser.post(NEW, {"name": " ", "scope": "all", "days": "3650"})
    assert (response.status_code, Token.objects.count()) == (422, 0)
    assert [error.get_text(strip=True) for error in read(response).select(".field__error")] == [
        "This field is required.",
        "Select a valid choice. all is not one of the available choices.",
        "Select a valid choice. 3650 is not one of the available choices.",
    ]


def test_create_asks_for_the_password_again_after_a_while(ada, client_of):
    ada.set_password(PASSWORD)
    ada.save()
    browser = client_of(ada)
    for response in (browser.get(NEW), browser.post(NEW, WANTED)):
        assert response["Location"] == "/accounts/reauthenticate/?next=%2Fsettings%2Ftokens%2Fnew%2F"
    assert Token.objects.count() == 0
    made = browser.post(f"/accounts/reauthenticate/?next={NEW}", {"password": PASSWORD, "next": NEW})
    assert (made.status_code, Token.objects.get().name) == (201, "Course page")


def test_create_stops_at_the_most(browser, monkeypatch, read):
    monkeypatch.setattr(tokens, "IN_USE_MAX", 2)
    monkeypatch.setattr(token_pages, "IN_USE_MAX", 2)
    assert [browser.post(NEW, WANTED).status_code for _ in range(3)] == [201, 201, 422]
    browser.post(f"/settings/tokens/{Token.objects.first().pk}/revoke/")
    assert browser.post(NEW, WANTED).status_code == 201


def test_create_too_often_is_refused(browser, monkeypatch):
    monkeypatch.setattr(token_pages, "MAKING", Rate(1, 3600))
    assert [browser.post(NEW, WANTED).status_code for _ in range(2)] == [201, 429]


def test_revoke_takes_it_off_the_list(ada, client_of, read):
    token, _secret = make_token(by=ada, name="Bot", scope=Scope.WRITE, days=7)
    browser = client_of(ada)
    answer = browser.post(f"/settings/tokens/{token.pk}/revoke/", follow=True)
    assert answer.redirect_chain == [("/settings/tokens/", 302)]
    assert read(answer).select(".drafts__item") == []
    token.refresh_from_db()
    revoked_at = token.revoked_at
    assert revoked_at is not None
    browser.post(f"/settings/tokens/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at == revoked_at


def test_eve_sees_and_revokes_no_token_of_others(ada, eve, client_of):
    token, _secret = make_token(by=ada, name="Bot", scope=Scope.WRITE, days=7)
    browser = client_of(eve)
    assert b"Bot" not in browser.get("/settings/tokens/").content
    assert browser.post(f"/settings/tokens/{token.pk}/revoke/").status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None
