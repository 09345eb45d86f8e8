"""Forgotten and changed passwords, and the address that belongs to an account."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user

from outbox.models import Mail
from tests.accounts.letters import last_mail, links_in
from tests.factories import make_user

PASSWORD = "three stones on a hill"
NEW = "four stones on a hill"


@pytest.fixture
def ada(db):
    return make_user("ada", password=PASSWORD)


@pytest.fixture
def her_browser(ada, client):
    """Signed in, and has given the password once more just now."""
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def ask_for_link(client, address: str, **extra):
    return client.post("/accounts/password/reset/", {"email": address}, **extra)


def follow_link(client, mail: Mail) -> str:
    (link,) = links_in(mail)
    return client.get(link.removeprefix("http://localhost:8000"))["Location"]


def test_link_in_the_mail_sets_a_new_password(ada, client):
    ask_for_link(client, "ada@example.org")
    form = follow_link(client, last_mail("ada@example.org"))
    response = client.post(form, {"password1": NEW, "password2": NEW})
    assert response["Location"] == "/"
    assert get_user(client) == ada
    ada.refresh_from_db()
    assert ada.check_password(NEW)
    assert last_mail("ada@example.org").subject == "Your Cairn password was changed"


def test_link_works_once(ada, client, client_of):
    ask_for_link(client, "ada@example.org")
    mail = last_mail("ada@example.org")
    client.post(follow_link(client, mail), {"password1": NEW, "password2": NEW})
    (link,) = links_in(mail)
    page = BeautifulSoup(client_of(None).get(link.removeprefix("http://localhost:8000")).content, "html.parser")
    assert page.h1.get_text() == "This link is used up"


def test_reset_signs_out_other_devices(ada, her_browser, client_of):
    elsewhere = client_of(None)
    ask_for_link(elsewhere, "ada@example.org")
    form = follow_link(elsewhere, last_mail("ada@example.org"))
    elsewhere.post(form, {"password1": NEW, "password2": NEW})
    assert get_user(her_browser).is_anonymous


def test_known_and_unknown_address_get_the_same_answer(ada, client_of):
    known, unknown = client_of(None), client_of(None)
    answers = [
        ask_for_link(known, "ada@example.org"),
        ask_for_link(unknown, "nobody@example.org"),
    ]
    headers = [sorted((name, value) for name, value in answer.items()) for answer in answers]
    assert headers[0] == headers[1]
    assert answers[0].status_code == answers[1].status_code == 302
    pages = [browser.get(answers[0]["Location"]).content for browser in (known, unknown)]
    assert pages[0] == pages[1]
    assert [mail.subject for mail in Mail.objects.order_by("pk")] == [
        "A new password for Cairn",
        "No Cairn account has this address",
    ]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost:8000@evil.example", "evil.example:80"]
)
def test_foreign_host_is_refused_and_sends_nothing(ada, client, settings, host):
    settings.ALLOWED_HOSTS = ["localhost"]
    assert ask_for_link(client, "ada@example.org", headers={"host": host}).status_code == 400
    assert not Mail.objects.exists()


def test_links_never_come_from_the_host_of_the_request(ada, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for address in ("ada@example.org", "nobody@example.org"):
        ask_for_link(client, address, headers={"host": "evil.example", "X-Forwarded-Host": "evil.example"})
        (link,) = links_in(last_mail(address))
        assert link.startswith("http://localhost:8000/accounts/")
        assert "evil.example" not in last_mail(address).text


def test_sixth_link_within_a_minute_is_too_often(ada, client):
    for _ in range(5):
        assert ask_for_link(client, "ada@example.org").status_code == 302
    response = ask_for_link(client, "ADA@example.org")
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert Mail.objects.count() == 5


def test_member_changes_the_password(ada, her_browser, client_of):
    elsewhere = client_of(ada)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert her_browser.post("/accounts/password/change/", form).status_code == 302
    ada.refresh_from_db()
    assert ada.check_password(NEW)
    assert get_user(her_browser) == ada
    assert get_user(elsewhere).is_anonymous
    assert last_mail("ada@example.org").subject == "Your Cairn password was changed"


def test_session_key_differs_after_password_change(ada, her_browser):
    before = her_browser.session.session_key
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    her_browser.post("/accounts/password/change/", form)
    assert her_browser.session.session_key != before


@pytest.mark.parametrize(
    "form",
    [
        {"oldpassword": "wrong", "password1": NEW, "password2": NEW},
        {"oldpassword": PASSWORD, "password1": NEW, "password2": "other"},
        {"oldpassword": PASSWORD, "password1": "short", "password2": "short"},
    ],
)
def test_wrong_password_change_changes_nothing(ada, her_browser, form):
    response = her_browser.post("/accounts/password/change/", form)
    assert len(BeautifulSoup(response.content, "html.parser").select(".form__errors li")) == 1
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


@pytest.mark.parametrize("url", ["/accounts/email/", "/accounts/password/change/", "/accounts/reauthenticate/"])
def test_account_pages_are_for_members(db, client, url):
    for response in (client.get(url), client.post(url, {"email": "x@example.org", "action_add": ""})):
        assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={url}")


@pytest.mark.parametrize("url", ["/accounts/email/", "/accounts/password/change/", "/accounts/reauthenticate/"])
def test_account_pages_are_drawn_in_our_frame(her_browser, url):
    page = BeautifulSoup(her_browser.get(url).content, "html.parser")
    assert page.find("header", class_="site-header") is not None
    assert len(page.find_all("h1")) == 1
    assert page.select_one("main form button.button--primary") is not None
