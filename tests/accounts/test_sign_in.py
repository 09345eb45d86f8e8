"""Signing in and out: with name or address, limits, sessions, and where one lands."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user
from django.test import Client

from tests.accounts.letters import code_in, last_mail
from tests.accounts.test_appearance import ELSEWHERE
from tests.factories import make_user

PASSWORD = "three stones on a hill"
WRONG = "Name and password do not go together. Try again, or reset the password."


@pytest.fixture
def ada(db):
    return make_user("Ada", email="ada@example.org", password=PASSWORD)


def sign_in(client, login="Ada", password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": login, "password": password} | more)


@pytest.mark.parametrize("login", ["Ada", "ada", "ADA", "ada@example.org", "ADA@EXAMPLE.ORG", " ada "])
def test_member_signs_in_with_name_or_address(ada, client, login):
    assert sign_in(client, login)["Location"] == "/"
    assert get_user(client) == ada


@pytest.mark.parametrize(
    ("login", "password"), [("Ada", "wrong password"), ("nobody", PASSWORD), ("ada@example.org", "x")]
)
def test_wrong_pair_stays_out(ada, client, login, password):
    response = sign_in(client, login, password)
    page = BeautifulSoup(response.content, "html.parser")
    assert [item.get_text() for item in page.select(".form__errors li")] == [WRONG]
    assert get_user(client).is_anonymous
    assert PASSWORD not in response.content.decode()


def test_unknown_and_known_name_get_the_same_page(ada, client_of):
    def page(login: str) -> str:
        response = sign_in(client_of(None), login, "wrong password")
        soup = BeautifulSoup(response.content, "html.parser")
        for token in soup.find_all("input", {"name": "csrfmiddlewaretoken"}):
            token.decompose()
        return str(soup).replace(login, "")

    assert page("Ada") == page("Eda")


def test_closed_account_does_not_open(ada, client):
    ada.is_active = False
    ada.save()
    assert get_user(client).is_anonymous
    response = sign_in(client)
    assert response["Location"] == "/accounts/inactive/"
    assert get_user(client).is_anonymous
    assert BeautifulSoup(client.get("/accounts/inactive/").content, "html.parser").h1.get_text() == (
        "This account is closed"
    )


def test_session_key_differs_after_sign_in(ada, client):
    session = client.session
    session["something"] = "before"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client)
    assert client.session.session_key != before
    assert not client.session.exists(before)


def test_sign_out_ends_the_session_and_clears_the_browser(ada, client):
    sign_in(client)
    key = client.session.session_key
    assert client.get("/accounts/logout/").status_code == 200
    assert get_user(client) == ada  # looking changes nothing
    response = client.post("/accounts/logout/")
    assert response["Location"] == "/"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert get_user(client).is_anonymous
    assert not client.session.exists(key)


def test_sign_out_needs_a_token(ada):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)
    strict.post("/accounts/logout/", headers={"Origin": "https://evil.example"})
    assert get_user(strict) == ada


def test_pages_do_not_clear_the_browser(ada, client):
    sign_in(client)
    assert "Clear-Site-Data" not in client.get("/members/ada/")


@pytest.mark.parametrize("way", ELSEWHERE[::8])
def test_nobody_is_sent_elsewhere_after_sign_in(ada, client, way):
    assert sign_in(client, next=way)["Location"] == "/"


@pytest.mark.parametrize("way", [way for way in ELSEWHERE if "\0" not in way])
def test_nobody_signed_in_already_is_sent_elsewhere(bob, client_of, way):
    assert client_of(bob).get("/accounts/login/", {"next": way})["Location"] == "/"


@pytest.mark.parametrize("way", ["/about/", "/members/ada/?x=1#y", "http://testserver/about/"])
def test_member_comes_back_to_where_they_were(ada, client, way):
    assert sign_in(client, next=way)["Location"] == way


@pytest.mark.parametrize("way", ELSEWHERE)
def test_nobody_is_sent_elsewhere_after_sign_out(bob, client_of, way):
    assert client_of(bob).post("/accounts/logout/", {"next": way})["Location"] == "/"


def test_sixth_wrong_password_is_too_often(ada, client):
    for _ in range(5):
        assert sign_in(client, password="wrong password").status_code == 422
    response = sign_in(client, password="wrong password")
    assert (response.status_code, response["Retry-After"]) == (429, "900")
    right = sign_in(client)
    assert right.status_code == 429  # even the right one, or guessing would go on
    assert get_user(client).is_anonymous


def test_what_is_kept_after_too_many_tries_holds_no_password(ada, client):
    for _ in range(6):
        sign_in(client, password="wrong password")
    assert "wrong password" not in str(dict(client.session))


def test_limit_of_one_name_does_not_shut_out_another(ada, bob, client):
    for _ in range(6):
        sign_in(client, password="wrong password")
    assert sign_in(client, "bob", "wrong password").status_code == 422


def test_unverified_member_gets_a_code_first(ada, client):
    ada.emailaddress_set.update(verified=False)
    assert sign_in(client)["Location"] == "/accounts/confirm-email/"
    assert get_user(client).is_anonymous
    client.post("/accounts/confirm-email/", {"code": code_in(last_mail("ada@example.org"))})
    assert get_user(client) == ada


def test_session_cookie_is_strict(ada, client):
    sign_in(client)
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 14 * 24 * 3600)


def test_thirty_wrong_passwords_from_one_place_are_too_many_whoever_is_named(ada, client):
    names = [f"nobody{number}" for number in range(29)]
    assert {sign_in(client, login=name).status_code for name in names} == {422}
    assert sign_in(client).status_code == 302  # what succeeds is not counted
    client.logout()
    assert sign_in(client, login="nobody").status_code == 422
    assert [sign_in(client).status_code, sign_in(Client(REMOTE_ADDR="198.51.100.7")).status_code] == [429, 302]
