"""Passkeys: added, named and removed by who is asked again before; signing in with one, and all that is refused."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.factors import passkeys
from accounts.factors.overview import factors_of
from accounts.factors.passkey_forms import MOST, NOT_TAKEN
from net.limits import Rate
from tests.accounts.codes import code_of, give_app
from tests.accounts.device import Device, Flags
from tests.accounts.letters import last_mail
from tests.factories import make_user

PASSWORD = "three stones on a hill"
PAGE = "/accounts/second-step/"
KEYS = f"{PAGE}passkeys/"
NEW, SIGN_IN, AGAIN, SECOND = f"{KEYS}new/", f"{KEYS}sign-in/", f"{KEYS}again/", f"{PAGE}sign-in/"
SECURITY = "/settings/security/"
AUTH = "/api/auth/v1/"
API = f"{AUTH}passkey"
ASKED = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def ada(db):
    return make_user("ada", password=PASSWORD)


@pytest.fixture
def browser(ada) -> Client:
    """Signed in, and has given the password once more just now."""
    client = Client()
    client.force_login(ada)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def device(browser, read) -> Device:
    """Ada's phone: holds a passkey for her account."""
    phone = Device()
    assert add(browser, phone, read)["Location"] == f"{PAGE}recovery-codes/"
    return phone


def add(browser, phone, read, name="My phone"):
    return browser.post(NEW, {"name": name, "credential": phone.makes(options_on(browser.get(NEW), read))})


def options_on(response, read) -> dict:
    return json.loads(read(response).select_one("form[data-passkey]")["data-options"])


def options(client: Client) -> dict:
    return client.get(SIGN_IN, **ASKED).json()["request_options"]


def sign_in(client: Client, answer: str, **more):
    return client.post(SIGN_IN, {"credential": answer} | more)


def is_in(client: Client) -> bool:
    return get_user(client).is_authenticated


def test_passkey_is_added_named_and_removed(browser, ada, read, django_capture_on_commit_callbacks):
    phone = Device()
    with django_capture_on_commit_callbacks(execute=True):
        add(browser, phone, read)
    assert "a passkey was added" in last_mail("ada@example.org").text
    (row,) = factors_of(ada).passkeys
    page = read(browser.get(SECURITY))
    assert page.find("strong", string="My phone")
    assert browser.post(f"{KEYS}{row.pk}/name/", {"name": "Old phone"})["Location"] == SECURITY
    assert read(browser.get(SECURITY)).find("strong", string="Old phone")
    assert browser.post(f"{KEYS}{row.pk}/name/", {"name": ""}).status_code == 422
    assert browser.get(f"{KEYS}{row.pk}/remove/").status_code == 200
    assert factors_of(ada).passkeys
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(f"{KEYS}{row.pk}/remove/")["Location"] == SECURITY
    assert "a passkey was removed" in last_mail("ada@example.org").text
    assert not Authenticator.objects.filter(user=ada).exists()  # recovery codes end with the last of them


def test_without_a_name_it_gets_one(browser, ada, read):
    add(browser, Device(), read, name="")
    assert [row.data["name"] for row in factors_of(ada).passkeys] == ["Passkey"]


def test_passkey_signs_in_by_itself_and_leads_on(ada, device):
    client = Client()
    assert sign_in(client, device.answers(options(client)), next=SECURITY)["Location"] == SECURITY
    assert get_user(client) == ada
    assert factors_of(ada).passkeys[0].last_used_at


def test_passkey_is_the_second_step_where_the_password_is_given(ada, device, read):
    client = Client()
    assert client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})["Location"] == SECOND
    asked = options_on(client.get(SECOND), read)
    assert client.post(SECOND, {"credential": Device(id=device.id).answers(asked)}).status_code == 422
    assert not is_in(client)
    client.post(SECOND, {"credential": device.answers(options_on(client.get(SECOND), read))})
    assert is_in(client)


def test_second_step_of_who_has_an_app_only_asks_no_device(ada, read):
    give_app(ada)
    client = Client()
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    assert not read(client.get(SECOND)).select("form[data-passkey]")
    client.post(SECOND, {"code": code_of()})
    assert is_in(client)


def test_passkey_shows_that_it_is_you_and_leads_back(ada, device, read):
    client = Client()
    client.force_login(ada)
    where = f"{AGAIN}?next={NEW}"
    wrong = client.post(where, {"credential": "{}", "next": NEW})
    assert (wrong.status_code, str(NOT_TAKEN) in wrong.content.decode()) == (422, True)
    assert client.get(NEW).status_code == 302
    answer = device.answers(options_on(client.get(where), read))
    assert client.post(where, {"credential": answer, "next": NEW})["Location"] == NEW
    assert client.get(NEW).status_code == 200


def test_staff_comes_through_the_door_of_the_admin_by_a_passkey(ada, device, settings):
    settings.ADMIN_NEEDS_SECOND_FACTOR = True
    type(ada).objects.filter(pk=ada.pk).update(is_staff=True, is_superuser=True)
    client = Client()
    sign_in(client, device.answers(options(client)))
    assert client.get("/admin/").status_code == 200
    by_cookie = Client()
    by_cookie.force_login(ada)
    door = by_cookie.get("/admin/")["Location"]
    assert by_cookie.get(door)["Location"].startswith(AGAIN)


BROKEN = [
    "",
    "{}",
    "[]",
    "7",
    "no JSON",
    '{"response": 1}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": 3}}',
    json.dumps({"id": "AA", "rawId": "AA", "response": dict.fromkeys(("clientDataJSON", "authenticatorData"), "AA")}),
]


@pytest.mark.parametrize("answer", BROKEN)
def test_what_no_device_says_is_refused_in_a_sentence(browser, ada, device, answer):
    client = Client()
    options(client)
    response = sign_in(client, answer, next=SECURITY)
    assert response["Location"] == f"/accounts/login/?next={SECURITY.replace('/', '%2F')}"
    assert str(NOT_TAKEN) in client.get(response["Location"]).content.decode()
    assert not is_in(client)
    browser.get(NEW)
    assert browser.post(NEW, {"credential": answer}).status_code == 422
    assert len(factors_of(ada).passkeys) == 1


def other_key(phone):
    return Device(id=phone.id, count=1)


def changed(**values):
    def change(phone):
        phone.__dict__.update(values)
        return phone

    return change


@pytest.mark.parametrize(
    "change",
    [
        changed(origin="https://localhost.example.org"),
        changed(origin="https://sub.localhost"),
        changed(site="example.org"),
        changed(flags=Flags.UP),
        changed(flags=Flags.UV),
        changed(id=b"another passkey"),
        changed(owner=b"zzzzzz"),
        changed(owner=b"\xff\x00"),
    ],
)
def test_what_another_site_or_device_says_opens_nothing(device, change):
    client = Client()
    sign_in(client, change(device).answers(options(client)))
    assert not is_in(client)


def test_signature_of_another_key_opens_nothing(device):
    client = Client()
    answer = json.loads(device.answers(options(client)))
    wrong = Device(id=device.id)
    wrong.owner = device.owner
    sign_in(client, wrong.answers(options(client)))
    assert not is_in(client)
    sign_in(client, json.dumps(answer))  # it was for the question before
    assert not is_in(client)


def test_answer_is_good_once_and_only_where_it_was_asked(device):
    first, second = Client(), Client()
    answer = device.answers(options(first))
    options(second)
    sign_in(second, answer)
    assert not is_in(second)
    sign_in(Client(), answer)
    sign_in(first, answer)
    assert is_in(first)
    first.post("/accounts/logout/")
    sign_in(first, answer)
    assert not is_in(first)


def test_copy_of_a_device_that_counts_is_refused(ada, device):
    for count, is_taken in ((5, True), (5, False), (4, False), (0, False), (6, True)):
        client = Client()
        device.count = count
        sign_in(client, device.answers(options(client)))
        assert is_in(client) is is_taken, count


def test_passkey_of_a_closed_account_opens_nothing(ada, device):
    type(ada).objects.filter(pk=ada.pk).update(is_active=False)
    client = Client()
    sign_in(client, device.answers(options(client)))
    assert not is_in(client)


@pytest.mark.parametrize("flags", [Flags.UP, Flags.UV])
def test_device_that_does_not_know_its_owner_is_not_added(browser, ada, read, flags):
    assert add(browser, Device(flags=flags), read).status_code == 422
    assert not factors_of(ada).passkeys


def test_passkey_made_for_another_site_is_not_added(browser, ada, read):
    for phone in (Device(origin="https://sub.localhost"), Device(site="example.org")):
        assert add(browser, phone, read).status_code == 422
    assert not factors_of(ada).passkeys


def test_more_than_the_most_are_not_added(browser, ada, device, read):
    row = Authenticator.objects.get(user=ada, type="webauthn")
    Authenticator.objects.bulk_create(Authenticator(user=ada, type="webauthn", data=row.data) for _ in range(MOST - 1))
    response = add(browser, Device(id=b"one more"), read)
    assert response.status_code == 422
    assert f"{MOST} passkeys are the most" in response.content.decode()


def test_passkeys_are_of_their_owner_alone(ada, device):
    (row,) = factors_of(ada).passkeys
    eve = make_user("eve", password=PASSWORD)
    other = Client()
    for client in (other, Client()):
        for act in ("name", "remove"):
            assert client.post(f"{KEYS}{row.pk}/{act}/", {"name": "Mine"}).status_code == 302
    other.force_login(eve)
    other.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for act in ("name", "remove"):
        assert other.post(f"{KEYS}{row.pk}/{act}/", {"name": "Mine"}).status_code == 404
    assert factors_of(ada).passkeys[0].data["name"] == "My phone"


def test_who_was_not_asked_again_changes_no_passkey(ada, device):
    (row,) = factors_of(ada).passkeys
    client = Client()
    client.force_login(ada)
    for address in (NEW, f"{KEYS}{row.pk}/name/", f"{KEYS}{row.pk}/remove/"):
        assert "reauthenticate" in client.post(address, {"name": "Mine"})["Location"]
    assert factors_of(ada).passkeys[0].data["name"] == "My phone"


def test_without_the_token_of_the_page_nothing_happens(device):
    client = Client(enforce_csrf_checks=True)
    answer = device.answers(options(client))
    assert sign_in(client, answer).status_code == 403
    assert not is_in(client)


def test_program_signs_in_by_a_passkey(ada, device):
    program = Client()
    asked = program.get(API).json()
    token = {"HTTP_X_SESSION_TOKEN": asked["session_token"]}
    wrong = program.post(API, {"credential": {"response": 1}}, content_type="application/json", **token)
    assert (wrong.status_code, wrong["Content-Type"]) == (401, "application/problem+json")
    given = {"credential": json.loads(device.answers(asked["request_options"]))}
    tokens = Client().post(API, given, content_type="application/json", **token).json()
    me = Client().get("/api/v1/me", HTTP_AUTHORIZATION=f"Bearer {tokens['access_token']}")
    assert me.json()["username"] == "ada"
    assert Client().post(API, given, content_type="application/json", **token).status_code == 401


def test_program_gives_a_passkey_as_second_factor(ada, device):
    first = Client().post(f"{AUTH}login", {"username": "ada", "password": PASSWORD}, content_type="application/json")
    assert (first.status_code, first.json()["steps"]) == (401, ["mfa_authenticate"])
    token = {"HTTP_X_SESSION_TOKEN": first.json()["session_token"]}
    second = f"{AUTH}second-factor/passkey"
    asked = Client().get(second, **token).json()["request_options"]
    eve = Device(id=device.id)
    answers = [
        Client().post(second, {"credential": json.loads(answer)}, content_type="application/json", **token)
        for answer in (eve.answers(asked), device.answers(asked))
    ]
    assert [answer.status_code for answer in answers] == [401, 200]
    assert "access_token" in answers[1].json()
    assert Client().get(second).status_code in (401, 409)


def test_strangers_begin_so_often_a_minute_and_leave_no_more_sessions(db, monkeypatch):
    monkeypatch.setattr(passkeys, "BEGINNING", Rate(3, 3600))
    assert [Client().get(where, **ASKED).status_code for where in (SIGN_IN, API, SIGN_IN)] == [200, 200, 200]
    before = Session.objects.count()
    on_page, by_program = Client().get(SIGN_IN, **ASKED), Client().get(API)
    assert (on_page.status_code, by_program.status_code) == (429, 429)
    assert 0 < int(by_program["Retry-After"]) <= 3600
    assert by_program["Content-Type"] == "application/problem+json"
    assert Session.objects.count() == before
