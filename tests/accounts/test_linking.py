"""Connecting accounts elsewhere on the page "Security", disconnecting them, and members who have no password."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.letters import code_in, last_mail
from tests.accounts.providing import KINDS, person
from tests.accounts.test_providers import PASSWORD, come_back, joined, way_back
from tests.factories import make_user

PAGE = "/settings/security/"
REAUTHENTICATE = "/accounts/reauthenticate/"
BY_MAIL = "/accounts/reauthenticate/mail/"
SET_PASSWORD = "/accounts/password/set/"


@pytest.fixture
def ada(db):
    return make_user("ada", password=PASSWORD)


@pytest.fixture
def browser(ada) -> Client:
    """Signed in, and has given the password once more just now."""
    client = Client()
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    client.post(REAUTHENTICATE, {"password": PASSWORD})
    return client


def connect(client: Client, kind: str):
    page = client.post(f"{PAGE}with/{kind}/")
    return client.get(way_back(page["Refresh"].removeprefix("0; url=")), follow=True)


def said(answer) -> list[str]:
    return [str(message).strip() for message in answer.context["messages"]]


def disconnect(client: Client, account: SocialAccount):
    return client.post(f"{PAGE}with/{account.pk}/end/", follow=True)


@pytest.mark.parametrize("kind", KINDS)
def test_connected_account_opens_this_one_and_disconnected_does_not(provider, ada, browser, client_of, read, kind):
    """Also when its address is another, or one that nobody has checked."""
    person(provider, kind, email="somewhere@example.org", verified=False)
    answer = connect(browser, kind)
    name = read(answer).select_one("[aria-labelledby=linked] li strong").get_text()
    assert (answer.redirect_chain, said(answer)) == ([(PAGE, 302)], [f"You can sign in with {name} from now on."])
    assert last_mail("ada@example.org").subject == f"{name} opens your Cairn account now"
    assert [one.email for one in ada.emailaddress_set.all()] == ["ada@example.org"]
    elsewhere = client_of(None)
    come_back(elsewhere, kind)
    assert get_user(elsewhere) == ada
    assert said(disconnect(browser, SocialAccount.objects.get())) == [f"{name} is disconnected."]
    assert last_mail("ada@example.org").subject == f"{name} opens your Cairn account no more"
    stranger = client_of(None)
    come_back(stranger, kind)
    assert get_user(stranger).is_anonymous


def test_password_is_asked_before_anything_is_connected_or_disconnected(provider, ada, browser):
    person(provider, "google")
    connect(browser, "google")
    stale = Client()
    stale.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    account = SocialAccount.objects.get()
    for address in (f"{PAGE}with/github/", f"{PAGE}with/{account.pk}/end/"):
        assert stale.post(address)["Location"].startswith(f"{REAUTHENTICATE}?next=")
        assert stale.get(address)["Location"] == PAGE
    assert SocialAccount.objects.get() == account


def test_way_back_connects_nothing_for_who_did_not_begin(provider, browser, client_of):
    """Somebody lures Ada to the end of a way that they began: their account must not open hers."""
    eve = make_user("eve", password=PASSWORD)
    theirs = client_of(eve)
    theirs.post(REAUTHENTICATE, {"password": PASSWORD})
    person(provider, "google", 666)
    page = theirs.post(f"{PAGE}with/google/")
    assert browser.get(way_back(page["Refresh"].removeprefix("0; url="))).status_code == 403
    assert not SocialAccount.objects.exists()


def test_account_that_opens_another_stays_with_it(provider, ada, browser, client):
    person(provider, "google", email="clara@example.org")
    joined(client, "google")
    assert said(connect(browser, "google")) == [
        "Another member of Cairn signs in with this account of Google, so nothing has changed."
    ]
    assert SocialAccount.objects.get().user == get_user(client)
    assert disconnect(browser, SocialAccount.objects.get()).status_code == 404


def test_page_asks_as_little_for_many_as_for_one(provider, ada, browser, read):
    counts = []
    for number in (1, 2, 3):
        person(provider, "github", number)
        connect(browser, "github")
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(PAGE)
        counts.append(len(queries))
        assert len(read(page).select("[aria-labelledby=linked] li")) == number
    assert counts[1] == counts[2]


def test_provider_that_is_gone_from_the_settings_can_be_disconnected(provider, ada, browser, settings, read):
    person(provider, "university")
    connect(browser, "university")
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].pop()
    assert read(browser.get(PAGE)).select_one("[aria-labelledby=linked] li strong").get_text() == "university"
    assert said(disconnect(browser, SocialAccount.objects.get())) == ["university is disconnected."]


@pytest.fixture
def clara(provider, client) -> Client:
    """Joined with Google and has no password."""
    person(provider, "google", email="clara@example.org")
    joined(client, "google")
    return client


def confirm_by_mail(client: Client, ask: str):
    assert ask.startswith(BY_MAIL)
    client.post(ask, {"send": "1"})
    return client.post(ask, {"code": code_in(last_mail("clara@example.org"))}, follow=True)


def test_last_way_in_stays_until_there_is_a_password(clara, read):
    account = SocialAccount.objects.get()
    ask = clara.post(f"{PAGE}with/{account.pk}/end/")["Location"]
    assert said(confirm_by_mail(clara, ask)) == ["This is the only way into your account. Choose a password first."]
    clara.post(SET_PASSWORD, {"password1": PASSWORD, "password2": PASSWORD})
    assert last_mail("clara@example.org").subject == "Your Cairn password was set"
    clara.post(REAUTHENTICATE, {"password": PASSWORD})
    assert said(disconnect(clara, account))[-1] == "Google is disconnected."
    assert not SocialAccount.objects.exists()


def test_first_password_is_chosen_by_who_reads_the_mail(clara):
    form = {"password1": PASSWORD, "password2": PASSWORD}
    assert clara.post(SET_PASSWORD, form)["Location"] == SET_PASSWORD
    assert not get_user(clara).has_usable_password()
    assert PASSWORD not in str(dict(clara.session))
    ask = clara.get("/accounts/password/change/", follow=True).redirect_chain[-1][0]
    assert confirm_by_mail(clara, ask).redirect_chain[-1][0] == SET_PASSWORD
    assert clara.post(SET_PASSWORD, form).status_code == 302
    assert get_user(clara).check_password(PASSWORD)


def test_mailed_code_is_good_for_a_few_tries_and_a_quarter_of_an_hour(clara, monkeypatch, read):
    ask = clara.get(SET_PASSWORD)["Location"]
    assert clara.post(ask, {"code": "AAAA-AAAA"}).status_code == 422
    clara.post(ask, {"send": "1"})
    code = code_in(last_mail("clara@example.org"))
    for _ in range(3):
        page = clara.post(ask, {"code": "AAAA-AAAA"})
        assert "This is not the code we sent. Look at the newest mail." in read(page).get_text()
    assert "This code is over. Have a new one sent." in read(clara.post(ask, {"code": code})).get_text()
    clara.post(ask, {"send": "1"})
    late = clara.session
    late["mailed_code"] |= {"at": late["mailed_code"]["at"] - 901}
    late.save()
    page = clara.post(ask, {"code": code_in(last_mail("clara@example.org"))})
    assert "This code is over. Have a new one sent." in read(page).get_text()


def test_codes_are_mailed_five_times_an_hour(clara):
    answers = [clara.post(BY_MAIL, {"send": "1"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]


def test_code_is_asked_of_nobody_who_has_a_password(browser, client_of):
    assert browser.get(BY_MAIL)["Location"] == REAUTHENTICATE
    assert client_of(None).get(BY_MAIL)["Location"].startswith("/accounts/login/")
    assert client_of(None).get(SET_PASSWORD)["Location"].startswith("/accounts/login/")
