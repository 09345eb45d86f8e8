"""An imported member is claimed by the person behind it: with the link, an address and a code from there."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user
from django.contrib.auth.models import Permission
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.actions import CLAIM_SALT, AlreadyClaimed, claim, claim_link
from accounts.former import former_member
from accounts.models import User
from outbox.models import Mail
from tests.accounts.letters import code_in, last_mail
from tests.factories import make_stub, make_user

PASSWORD = "seven bridges, one walk"
FORM = {"email": "leonhard@example.org", "password": PASSWORD}
SENT = "/accounts/confirm-email/"


@pytest.fixture
def euler(db) -> User:
    return make_stub("euler", name="Leonhard Euler")


@pytest.fixture
def admin(db) -> User:
    return make_user("grace", is_staff=True, is_superuser=True)


@pytest.fixture
def link(euler, admin) -> str:
    return claim_link(euler, by=admin).removeprefix("http://localhost:8000")


def heading(response) -> tuple[int, str]:
    return response.status_code, BeautifulSoup(response.content, "html.parser").h1.get_text()


def test_claimed_account_belongs_to_the_person_after_the_code(euler, link, client):
    assert heading(client.get(link)) == (200, "Are you Leonhard Euler?")
    assert client.post(link, FORM)["Location"] == SENT
    euler.refresh_from_db()
    assert euler.is_stub
    assert get_user(client).is_anonymous
    assert client.post(SENT, {"code": code_in(last_mail("leonhard@example.org"))})["Location"] == "/"
    euler.refresh_from_db()
    assert get_user(client) == euler
    assert not euler.is_stub
    assert (euler.email, euler.check_password(PASSWORD)) == ("leonhard@example.org", True)
    assert list(euler.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("leonhard@example.org", True, True)
    ]
    assert [one.kind for one in euler.consents.all()] == ["rules"]


def test_used_link_gets_a_sentence(euler, link, client, client_of):
    client.post(link, FORM)
    client.post(SENT, {"code": code_in(last_mail("leonhard@example.org"))})
    for response in (
        client_of(None).get(link),
        client_of(None).post(link, FORM | {"email": "eve@example.org"}),
    ):
        assert heading(response) == (410, "This account is taken already")
    euler.refresh_from_db()
    assert euler.email == "leonhard@example.org"


def test_mistyped_address_leaves_the_link_good(euler, link, client, client_of):
    client.post(link, FORM | {"email": "leonard@example.org"})
    again = client_of(None)
    assert again.post(link, FORM)["Location"] == SENT
    again.post(SENT, {"code": code_in(last_mail("leonhard@example.org"))})
    assert get_user(again) == euler


def test_code_of_an_overtaken_claim_opens_nothing(euler, link, client, client_of):
    client.post(link, FORM | {"email": "eve@example.org"})
    owner = client_of(None)
    owner.post(link, FORM)
    owner.post(SENT, {"code": code_in(last_mail("leonhard@example.org"))})
    client.post(SENT, {"code": code_in(last_mail("eve@example.org"))})
    assert get_user(client).is_anonymous
    assert list(euler.emailaddress_set.values_list("email", flat=True)) == ["leonhard@example.org"]


def test_link_older_than_seven_days_gets_a_sentence(euler, client, monkeypatch):
    week = 7 * 24 * 3600
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now - week - 60)
    token = signing.dumps(euler.pk, salt=CLAIM_SALT)
    monkeypatch.undo()
    assert heading(client.get(f"/claim/{token}/")) == (410, "This link is too old")
    assert heading(client.post(f"/claim/{token}/", FORM)) == (410, "This link is too old")


def test_forged_link_gets_a_sentence(euler, link, client):
    broken = link[:-5] + ("AAAA/" if link[-5:-1] != "AAAA" else "BBBB/")
    foreign = f"/claim/{signing.dumps(euler.pk, salt='elsewhere')}/"
    for url in (broken, foreign, "/claim/x/", "/claim/::/"):
        assert heading(client.get(url)) == (404, "This link does not work")
        assert heading(client.post(url, FORM)) == (404, "This link does not work")
    assert not Mail.objects.exists()


def test_link_for_a_member_who_never_was_imported_claims_nothing(ada, client):
    token = signing.dumps(ada.pk, salt=CLAIM_SALT)
    assert heading(client.post(f"/claim/{token}/", FORM))[0] == 410
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"


@pytest.mark.parametrize(
    "form",
    [
        FORM | {"email": "no address"},
        FORM | {"password": "short"},
        FORM | {"password": "LeonhardEuler"},
        {"email": "", "password": ""},
    ],
)
def test_wrong_claim_is_given_back(euler, link, client, form):
    response = client.post(link, form)
    assert response.status_code == 422
    page = BeautifulSoup(response.content, "html.parser")
    assert page.find("input", {"name": "email"}).get("value", "") == form["email"]
    euler.refresh_from_db()
    assert (euler.email, euler.has_usable_password()) == ("", False)


def test_address_of_another_account_looks_like_any_other(euler, ada, link, client):
    assert client.post(link, FORM | {"email": "ADA@example.org"})["Location"] == SENT
    assert "ada@example.org" in client.get(SENT).content.decode()
    assert last_mail("ada@example.org").subject == "You have a Cairn account already"
    euler.refresh_from_db()
    assert (euler.email, euler.has_usable_password()) == ("", False)


def test_signed_in_member_does_not_claim_by_accident(euler, eve, link, client_of):
    client = client_of(eve)
    page = BeautifulSoup(client.get(link).content, "html.parser").find("main")
    assert page.find("form") is None
    client.post(link, FORM)
    euler.refresh_from_db()
    assert euler.email == ""


def test_stub_cannot_sign_in_or_reset(euler, client):
    client.post("/accounts/login/", {"login": "euler", "password": ""})
    assert get_user(client).is_anonymous


@pytest.mark.parametrize(
    "flags", [{}, {"is_staff": True}, {"is_staff": True, "is_active": False, "is_superuser": True}]
)
def test_link_is_made_by_staff_who_may_change_members_only(euler, flags):
    with pytest.raises(PermissionDenied):
        claim_link(euler, by=make_user("eve", **flags))


def test_link_is_made_for_stubs_only(ada, euler, admin):
    helper = make_user("helper", is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="change_user"))
    euler.last_login = timezone.now()
    for member in (ada, euler):
        with pytest.raises(AlreadyClaimed):
            claim_link(member, by=helper)


def test_claim_that_comes_second_is_refused_under_the_lock(euler):
    """Both passed the page's check before one of them signed in."""
    User.objects.update(last_login=timezone.now())
    with pytest.raises(AlreadyClaimed):
        claim(euler, email="eve@example.org", password=PASSWORD)
    euler.refresh_from_db()
    assert (euler.email, euler.has_usable_password()) == ("", False)


def test_nobody_claims_the_former_member(admin):
    with pytest.raises(AlreadyClaimed):
        claim_link(former_member(), by=admin)


def test_a_link_to_the_former_member_opens_nothing(client, admin):
    token = signing.dumps(former_member().pk, salt=CLAIM_SALT)
    assert client.get(reverse("accounts:claim", args=[token])).status_code == 410
