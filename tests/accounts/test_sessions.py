"""Where one is signed in: the list, and signing out there from here."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import sessions
from accounts.devices import in_words
from tests.factories import make_user

PASSWORD = "three stones on a hill"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Version/19.1 Mobile Safari/604.1"
PAGE = "/settings/security/"
LIST = "[aria-labelledby=places]"
OTHERS = "/settings/security/sessions/end/"


@pytest.fixture
def ada(db):
    return make_user("ada", password=PASSWORD)


def signed_in(name: str, device: str) -> Client:
    browser = Client(headers={"User-Agent": device})
    browser.post("/accounts/login/", {"login": name, "password": PASSWORD})
    return browser


@pytest.fixture
def laptop(ada) -> Client:
    """Signed in, and has given the password once more just now."""
    browser = signed_in("ada", LAPTOP)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser


@pytest.fixture
def phone(ada, laptop) -> Client:
    return signed_in("ada", PHONE)


def ending(of: Client) -> str:
    return f"{PAGE}sessions/{UserSession.objects.get(session_key=of.session.session_key).pk}/end/"


def is_in(browser: Client) -> bool:
    return browser.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (LAPTOP, "Firefox on Linux"),
        (PHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.14.1", "curl"),
        ("Mozilla/5.0 (compatible)", "Something that does not say what it is"),
        ("<script>alert(1)</script>", "Something that does not say what it is"),
        ("", "Something that does not say what it is"),
    ],
)
def test_device_is_named_in_words(says, words):
    assert in_words(says) == words


def test_page_lists_this_one_and_then_the_others(laptop, phone, read):
    lines = read(laptop.get(PAGE)).select(f"{LIST} li")
    assert [line.strong.get_text() for line in lines] == ["Firefox on Linux", "Safari on iPhone"]
    assert [len(line.select("form")) for line in lines] == [0, 1]
    assert [len(line.select("time")) for line in lines] == [1, 2]
    assert lines[0].select_one(".badge").get_text() == "This one"


def test_page_asks_as_little_for_many_as_for_one(laptop, phone):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            laptop.get(PAGE)
        return len(queries)

    laptop.get(PAGE)
    before = asked()
    for _ in range(3):
        signed_in("ada", PHONE)
    assert asked() == before


def test_session_ended_from_afar_is_over_at_once(laptop, phone):
    another = signed_in("ada", PHONE)
    assert is_in(phone)  # from now on it is in the cache
    response = laptop.post(ending(phone), follow=True)
    assert [str(message) for message in response.context["messages"]] == ["Signed out there."]
    assert [is_in(phone), is_in(another), is_in(laptop)] == [False, True, True]


def test_signing_out_everywhere_else_leaves_this_one(laptop, phone, read):
    another = signed_in("ada", PHONE)
    assert is_in(phone)
    laptop.post(OTHERS)
    assert [is_in(phone), is_in(another), is_in(laptop)] == [False, False, True]
    assert len(read(laptop.get(PAGE)).select(f"{LIST} li")) == 1


def test_nothing_ends_by_looking(laptop, phone):
    for address in (ending(phone), OTHERS):
        assert laptop.get(address)["Location"] == PAGE
    assert is_in(phone)


@pytest.mark.parametrize("which", ["one", "others"])
def test_password_is_asked_before_a_session_ends(laptop, phone, which):
    """The phone has not given it again; afterwards what was asked for happens."""
    address = ending(laptop) if which == "one" else OTHERS
    ask = phone.post(address)["Location"]
    assert ask.startswith("/accounts/reauthenticate/?next=")
    assert is_in(laptop)
    assert phone.post(ask, {"password": "wrong password"}).status_code == 422
    assert is_in(laptop)
    assert phone.post(ask, {"password": PASSWORD})["Location"] == PAGE
    assert not is_in(laptop)


def test_sessions_of_others_are_not_there(laptop, phone, read):
    make_user("eve", password=PASSWORD)
    eve = signed_in("eve", LAPTOP)
    eve.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert eve.post(ending(phone)).status_code == 404
    eve.post(OTHERS)
    assert [is_in(laptop), is_in(phone)] == [True, True]
    assert len(read(eve.get(PAGE)).select(f"{LIST} li")) == 1


def test_session_ends_here_by_signing_out_only(laptop):
    assert laptop.post(ending(laptop)).status_code == 404
    assert is_in(laptop)


def test_session_from_before_a_new_password_is_not_listed(laptop, phone, read):
    new = "four stones on a hill"
    laptop.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert not is_in(phone)
    lines = read(laptop.get(PAGE)).select(f"{LIST} strong")
    assert [line.get_text() for line in lines] == ["Firefox on Linux"]


def test_last_seen_is_kept_now_and_then(laptop, phone, monkeypatch):
    monkeypatch.setattr(sessions, "SEEN_EVERY", 10**9)
    sessions._keep_seen.cache_clear()
    row = UserSession.objects.filter(session_key=phone.session.session_key)
    long_ago = timezone.now() - timedelta(days=1)
    row.update(last_seen_at=long_ago)
    phone.get("/about/")
    assert row.get().last_seen_at > long_ago
    row.update(last_seen_at=long_ago)
    phone.get("/about/")
    assert row.get().last_seen_at == long_ago


@pytest.mark.parametrize("address", ["/accounts/sessions/", "/admin/usersessions/usersession/"])
def test_pages_of_the_library_are_not_there(db, client_of, address):
    assert client_of(make_user("grace", is_staff=True, is_superuser=True)).get(address).status_code == 404
