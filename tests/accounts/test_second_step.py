"""The second step: an app that shows codes, recovery codes, and what a sign-in takes then."""

import re
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.test import Client

from accounts.factors.overview import factors_of
from accounts.factors.sealing import Unopenable, unseal
from outbox.models import Mail
from tests.accounts.codes import code_of, give_app, secret_of, stop_the_clock
from tests.accounts.letters import last_mail
from tests.factories import make_user

PASSWORD = "three stones on a hill"
PAGE = "/accounts/second-step/"
SIGN_IN, APP, OFF, SPARE = f"{PAGE}sign-in/", f"{PAGE}app/", f"{PAGE}app/off/", f"{PAGE}recovery-codes/"
NEW, FILE = f"{SPARE}new/", f"{SPARE}file/"
WRONG = "This is not right. Each code is good once, and for half a minute."
SECURITY = "/settings/security/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    stop_the_clock(monkeypatch)


@pytest.fixture
def ada(db):
    return make_user("ada", password=PASSWORD)


@pytest.fixture
def browser(ada, client) -> Client:
    """Signed in, and has given the password once more just now."""
    sign_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def guarded(browser, ada, django_capture_on_commit_callbacks) -> list[str]:
    """The app is set up; these are the recovery codes."""
    browser.get(APP)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(APP, {"code": code_of(browser.session["mfa.totp.secret"], ago=1)})
    return spare_codes(browser)


def sign_in(client, **more):
    return client.post("/accounts/login/", {"login": "ada", "password": PASSWORD} | more)


def spare_codes(client) -> list[str]:
    return re.findall(r"^\d{8}$", client.get(FILE).content.decode(), re.MULTILINE)


def half_way() -> Client:
    """Has given the password."""
    client = Client()
    assert sign_in(client)["Location"] == SIGN_IN
    assert get_user(client).is_anonymous
    return client


def is_in(client: Client, code: str) -> bool:
    client.post(SIGN_IN, {"code": code})
    return get_user(client).is_authenticated


def test_app_is_set_up_with_the_secret_on_the_page(browser, ada, read, django_capture_on_commit_callbacks):
    page = read(browser.get(APP))
    secret = browser.session["mfa.totp.secret"]
    assert page.select_one(".qr__secret").get_text().replace(" ", "") == secret
    assert len(page.select("svg.qr path")) == 1
    assert browser.post(APP, {"code": "000000"}).status_code == 422
    assert not factors_of(ada).are_on
    with django_capture_on_commit_callbacks(execute=True):
        done = browser.post(APP, {"code": code_of(secret)})
    assert done["Location"] == SPARE
    assert secret_of(ada) == secret
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    assert last_mail("ada@example.org").subject == "A second step for your Cairn account"
    assert f"http://localhost:8000{SECURITY}" in last_mail("ada@example.org").text
    assert browser.get(APP)["Location"] == OFF


def test_page_of_security_says_what_there_is(browser, ada, read):
    def lines() -> list[str]:
        page = read(browser.get(SECURITY))
        return [" ".join(line.get_text().split()) for line in page.select("[aria-labelledby=second-step] li")]

    passkeys = "Passkey Signs you in without a password Add: Passkey"
    assert lines() == ["App that shows codes Off Set up", passkeys]
    give_app(ada)
    assert [line.split(" since")[0] for line in lines()] == ["App that shows codes On", passkeys]
    text = read(browser.get(SECURITY)).get_text()
    assert not re.search(r"\s,", text)


def test_sign_in_takes_a_code_then_and_comes_back_to_where_one_was(guarded, ada):
    client = Client()
    sign_in(client, next="/about/")
    assert client.post(SIGN_IN, {"code": code_of()}).status_code == 422
    assert get_user(client).is_anonymous
    code = code_of(secret_of(ada))
    assert client.post(SIGN_IN, {"code": code})["Location"] == "/about/"
    assert get_user(client) == ada


def test_code_is_good_once_and_for_a_minute_and_a_half(ada):
    give_app(ada)
    assert [is_in(half_way(), code_of(ago=ago)) for ago in (2, -2, 1, 1, 0, 1, 0)] == [
        *(False, False, True, False, True, False, False)
    ]


def test_recovery_code_is_good_once(guarded, ada):
    assert len(set(guarded)) == 10
    assert [is_in(half_way(), code) for code in (guarded[3], guarded[3], guarded[0])] == [True, False, True]
    assert factors_of(ada).spare_left == 8


def test_sixth_wrong_code_is_too_often_and_so_is_the_right_one(ada):
    give_app(ada)
    client = half_way()
    answers = [client.post(SIGN_IN, {"code": "000000"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert answers[-1]["Retry-After"] == "900"
    assert half_way().post(SIGN_IN, {"code": code_of()}).status_code == 429  # another browser, too


def test_guessing_while_setting_up_or_asked_again_ends_as_well(browser, ada):
    browser.get(APP)
    assert [browser.post(APP, {"code": "000000"}).status_code for _ in range(6)] == [422] * 5 + [429]
    give_app(ada)
    assert browser.post(f"{PAGE}again/", {"code": "000000"}).status_code == 429


def test_what_one_learns_half_way_is_nothing(ada):
    give_app(ada)
    client = half_way()
    for address in (SECURITY, APP, OFF, SPARE, NEW, FILE, "/settings/"):
        assert client.get(address)["Location"].startswith("/accounts/login/")
    assert client.post("/accounts/logout/", {"next": "/accounts/login/"})["Location"] == "/accounts/login/"
    assert client.get(SIGN_IN)["Location"] == "/accounts/login/"


def test_new_recovery_codes_take_the_place_of_the_old(browser, guarded, django_capture_on_commit_callbacks):
    assert browser.get(NEW).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(NEW)["Location"] == SPARE
    assert not set(spare_codes(browser)) & set(guarded)
    assert not is_in(half_way(), guarded[0])
    assert last_mail("ada@example.org").subject == "New recovery codes for Cairn"
    assert all(code not in mail.text for mail in Mail.objects.all() for code in spare_codes(browser))


def test_recovery_codes_without_a_second_step_are_not_there(browser):
    assert [browser.get(address).status_code for address in (SPARE, FILE)] == [404, 404]
    assert browser.post(NEW).status_code == 422


def test_switching_off_takes_the_recovery_codes_along(browser, guarded, ada):
    assert browser.post(OFF)["Location"] == PAGE
    assert not Authenticator.objects.exists()
    assert last_mail("ada@example.org").subject == "Your Cairn account lost its app for codes"
    sign_in(client := Client())
    assert get_user(client) == ada


@pytest.mark.parametrize("address", [APP, OFF, SPARE, NEW, FILE])
def test_stale_session_is_asked_again(ada, guarded, client_of, address):
    client, before = client_of(ada), list(Authenticator.objects.values_list("data", flat=True))
    ask = client.get(address)["Location"]
    if address not in (SPARE, FILE):
        assert client_of(ada).post(address)["Location"] == ask
    assert ask == f"/accounts/reauthenticate/?{urlencode({'next': address})}"
    assert list(Authenticator.objects.values_list("data", flat=True)) == before
    assert "Use a code from your app" in client.get(ask).content.decode()
    assert client.post(f"{PAGE}again/?next={address}", {"code": "1"}).status_code == 422
    assert client.post(f"{PAGE}again/?next={address}", {"code": guarded[1]})["Location"] == address
    assert "/accounts/reauthenticate/" not in client.get(address).get("Location", "")


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}again/", APP, OFF, SPARE, NEW, FILE])
def test_stranger_is_sent_to_sign_in(db, client, address):
    for answer in (client.get(address), client.post(address)):
        assert answer["Location"].startswith("/accounts/login/")


def test_factors_of_others_are_not_there(guarded):
    make_user("eve", password=PASSWORD)
    outside = Client()
    sign_in(outside, login="eve")
    outside.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert [outside.get(address).status_code for address in (OFF, SPARE, FILE)] == [404, 404, 404]
    outside.post(OFF)
    assert Authenticator.objects.filter(user__username="ada").count() == 2


@pytest.mark.parametrize("address", [APP, OFF, NEW, f"{PAGE}again/", SIGN_IN])
def test_every_form_needs_a_token(ada, address):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)
    assert strict.post(address, {"code": "1"}).status_code == 403


def test_admin_shows_no_factor(db, client_of):
    grace = make_user("grace", is_staff=True, is_superuser=True)
    assert client_of(grace).get("/admin/mfa/authenticator/").status_code == 404


def test_address_that_is_not_confirmed_comes_first(browser, ada):
    ada.emailaddress_set.create(email="new@example.org", verified=False)
    response = browser.get(APP, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "One of your addresses is not confirmed yet. Confirm it first, or forget it."
    ]


def test_secret_opens_with_an_earlier_key_and_with_no_other(ada, settings):
    row, old, new = give_app(ada), settings.SECRET_KEY, "another key of forty characters and more"
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = new, [old]
    assert is_in(half_way(), code_of())
    settings.SECRET_KEY_FALLBACKS = []
    assert is_in(half_way(), code_of(ago=-1))  # sealed anew when it was used
    settings.SECRET_KEY = old
    row.save()
    settings.SECRET_KEY = new
    with pytest.raises(Unopenable):
        unseal(row.data["secret"])
    assert not is_in(half_way(), code_of())
    assert not is_in(half_way(), code_of(""))  # what an empty secret would give
