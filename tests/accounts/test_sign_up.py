"""Joining: the form, the code in the mail, and everything that can go wrong on the way."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user

from accounts.consents import RULES
from accounts.models import User
from outbox.models import Mail
from tests.accounts.letters import code_in, last_mail, links_in
from tests.factories import make_user

PASSWORD = "three stones on a hill"
FORM = {"username": "clara", "name": "Clara", "email": "clara@example.org", "password1": PASSWORD}
SENT = "/accounts/confirm-email/"


def errors(response) -> list[str]:
    page = BeautifulSoup(response.content, "html.parser")
    return [item.get_text(" ", strip=True) for item in page.select(".form__errors li")]


def sign_up(client, **changed):
    return client.post("/accounts/signup/", FORM | changed)


def test_person_who_types_the_code_is_in(db, client):
    assert sign_up(client)["Location"] == SENT
    assert get_user(client).is_anonymous
    response = client.post(SENT, {"code": code_in(last_mail("clara@example.org"))}, follow=True)
    clara = User.objects.get()
    assert response.redirect_chain == [("/", 302)]
    assert get_user(client) == clara
    assert (clara.username, clara.name, clara.email) == ("clara", "Clara", "clara@example.org")
    assert clara.emailaddress_set.get().verified is True
    assert clara.password.startswith("argon2$argon2id$")


def test_who_joins_agrees_to_the_rules_and_finds_that_again(db, client, read):
    assert read(client.get("/accounts/signup/")).select_one('main form a[href="/rules/"]')
    sign_up(client)
    client.post(SENT, {"code": code_in(last_mail("clara@example.org"))})
    (consent,) = User.objects.get().consents.all()
    assert (consent.kind, consent.version) == ("rules", RULES)
    agreed = read(client.get("/settings/data/")).select_one("section[aria-labelledby=agreed] li").get_text()
    assert agreed.startswith(f"The rules of this place, as of {RULES:%-d %B %Y}: on ")
    assert f"As of {RULES:%-d %B %Y}." in read(client.get("/rules/")).select_one("main").get_text()


def test_next_survives_sign_up_and_code(db, client):
    page = client.get("/accounts/signup/", {"next": "/about/"})
    hidden = BeautifulSoup(page.content, "html.parser").find("input", {"name": "next"})
    client.post("/accounts/signup/", FORM | {"next": hidden["value"]})
    code = code_in(last_mail("clara@example.org"))
    assert client.post(SENT, {"code": code})["Location"] == "/about/"


def test_person_without_the_code_stays_out(db, client):
    sign_up(client)
    response = client.post(SENT, {"code": "AAAAAA"})
    assert errors(response) == ["Code : This is not the code we sent. Look at the newest mail."]
    assert get_user(client).is_anonymous
    assert client.post("/accounts/login/", {"login": "clara", "password": PASSWORD})["Location"] == SENT
    assert get_user(client).is_anonymous


def test_third_wrong_code_ends_the_try(db, client):
    sign_up(client)
    code = code_in(last_mail("clara@example.org"))
    for _ in range(2):
        assert client.post(SENT, {"code": "AAAAAA"}).status_code == 422
    assert client.post(SENT, {"code": "AAAAAA"})["Location"] == "/accounts/login/"
    assert client.post(SENT, {"code": code})["Location"] == "/accounts/login/"
    assert get_user(client).is_anonymous


def test_code_works_in_the_browser_that_asked_only(db, client, client_of):
    sign_up(client)
    other = client_of(None)
    code = code_in(last_mail("clara@example.org"))
    assert other.post(SENT, {"code": code})["Location"] == "/accounts/login/"
    assert get_user(other).is_anonymous


def test_new_code_replaces_the_old_one(db, client, empty_cache, redis_server, settings):
    sign_up(client)
    old = code_in(last_mail("clara@example.org"))
    for key in redis_server.scan_iter(match=f"{settings.REDIS_PREFIX}:*confirm_email*"):
        redis_server.delete(key)  # as if ten seconds had passed
    client.post(SENT, {"action": "resend"})
    new = code_in(last_mail("clara@example.org"))
    assert Mail.objects.count() == 2
    assert client.post(SENT, {"code": old}).status_code == 422
    assert client.post(SENT, {"code": new})["Location"] == "/"


def test_new_code_within_ten_seconds_is_too_often_and_the_old_one_stays(db, client):
    sign_up(client)
    assert client.post(SENT, {"action": "resend"}).status_code == 429
    assert Mail.objects.count() == 1
    assert client.post(SENT, {"code": code_in(last_mail("clara@example.org"))})["Location"] == "/"


def test_mistyped_address_can_be_corrected(db, client):
    sign_up(client, email="klara@example.org")
    client.post(SENT, {"action": "change", "email": "clara@example.org"})
    assert client.post(SENT, {"code": code_in(last_mail("clara@example.org"))})["Location"] == "/"
    assert User.objects.get().email == "clara@example.org"


@pytest.mark.parametrize("name", ["ada", "ADA", "aDa", "\uff41\uff44\uff41", "ａＤａ"])
def test_taken_name_is_refused_in_any_dress(ada, client, name):
    response = sign_up(client, username=name)
    assert errors(response) == ["User name : Somebody has this user name already; choose another."]
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "name",
    [
        "\u0430da",  # Cyrillic a
        "ad\u0251",
        "a\u200bda",
        "ada\u202e",
        "a",
        "x" * 31,
        ".ada",
        "-ada",
        "ada.",
        "ada-",
        "a da",
        "a/da",
        "<b>",
        "a@b",
        "ada\nbob",
        "admin",
        "Root",
        "CAIRN",
        "",
    ],
)
def test_name_that_misleads_or_does_not_fit_is_refused(db, client, name):
    response = sign_up(client, username=name)
    assert len(errors(response)) >= 1
    assert User.objects.count() == 0
    page = BeautifulSoup(response.content, "html.parser")
    assert page.find("input", {"name": "email"})["value"] == "clara@example.org"


@pytest.mark.parametrize("name", ["ab", "A1", "a.b-c_d", "x" * 30, "9lives", "Müller"])
def test_name_of_plain_letters_is_taken(db, client, name):
    sign_up(client, username=name)
    assert User.objects.filter(username=name).exists() == (name != "Müller")


@pytest.mark.parametrize(
    ("password", "fits"),
    [("short", False), ("password1234", False), ("clara@example.org", False), (PASSWORD, True)],
)
def test_password_must_not_be_guessable(db, client, password, fits):
    sign_up(client, password1=password)
    assert User.objects.exists() == fits


@pytest.mark.parametrize("address", ["clara@exampl\u0435.org", "cl\u00e4ra@example.org"])
def test_address_with_look_alike_letters_is_refused(db, client, address):
    response = sign_up(client, email=address)
    assert len(errors(response)) == 1
    assert not User.objects.exists()


def test_address_is_stored_as_it_is_mailed(db, client):
    """Lower case turns the Kelvin sign into a plain k: whoever reads that mailbox has the account."""
    sign_up(client, email="clara@\u212aelvin.org")
    assert User.objects.get().email == last_mail("clara@kelvin.org").recipient


@pytest.mark.parametrize("address", ["ada@example.org", "ADA@Example.ORG"])
def test_known_address_looks_like_an_unknown_one(ada, client_of, address):
    unknown, known = client_of(None), client_of(None)
    sent = [
        sign_up(unknown, email="someone@example.org"),
        sign_up(known, username="clara2", email=address),
    ]
    assert [(answer.status_code, answer["Location"]) for answer in sent] == [(302, SENT), (302, SENT)]
    wrong = [browser.post(SENT, {"code": "AAAAAA"}).content.decode() for browser in (unknown, known)]
    assert "someone@example.org" in wrong[0]
    assert "ada@example.org" in wrong[1]
    assert not User.objects.filter(username="clara2").exists()
    mail = last_mail("ada@example.org")
    assert mail.subject == "You have a Cairn account already"
    assert links_in(mail) == ["http://localhost:8000/accounts/password/reset/"]


def test_name_that_somebody_takes_meanwhile_is_a_sentence_not_an_error(db, client, monkeypatch):
    """Two requests pass the form's check at the same moment; the database decides."""
    from accounts.adapter import AccountAdapter

    def race(self, username: str, shallow: bool = False) -> str:
        make_user("CLARA", email="first@example.org")
        return username

    monkeypatch.setattr(AccountAdapter, "clean_username", race)
    response = sign_up(client)
    assert response["Location"] == "/accounts/login/"
    assert [user.email for user in User.objects.all()] == ["first@example.org"]


def test_code_of_the_local_run_is_in_the_log_of_the_web_process(db, client, caplog):
    caplog.set_level("INFO", logger="accounts.adapter")
    sign_up(client)
    code = code_in(last_mail("clara@example.org"))
    assert [record.getMessage() for record in caplog.records] == [f"mail to clara@example.org: {code}"]


def test_code_is_never_logged_outside_the_local_run(db, client, caplog, settings):
    settings.IS_LOCAL = False
    caplog.set_level("INFO", logger="accounts.adapter")
    sign_up(client)
    assert caplog.records == []
