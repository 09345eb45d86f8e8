"""The door of the admin: no page of it opens by a password alone."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from tests.accounts.codes import code_of, give_app
from tests.accounts.letters import last_mail
from tests.addresses import routes
from tests.factories import make_user

PASSWORD = "three stones on a hill"
AGAIN = "/accounts/second-step/again/?next=%2Fadmin%2Faccounts%2Fuser%2F"


@pytest.fixture(autouse=True)
def needed(settings):
    settings.ADMIN_NEEDS_SECOND_FACTOR = True


@pytest.fixture
def grace(db):
    return make_user("grace", password=PASSWORD, is_staff=True, is_superuser=True)


def signed_in(code: str = "") -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": "grace", "password": PASSWORD})
    if code:
        client.post("/accounts/second-step/sign-in/", {"code": code})
    return client


def test_no_page_of_the_admin_opens_by_a_password_alone(grace):
    client = signed_in()
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    tried = 0
    for route in routes():
        if not route.path.startswith("admin/") or "login" in route.path:
            continue
        address = route.address(dict.fromkeys(route.parameters, "1"))
        for answer in (client.get(address), client.post(address)):
            assert answer["Location"].startswith(("/admin/login/", "/admin/")), address
            tried += 1
    assert tried > 50


def test_staff_without_a_factor_learns_how_to_get_one(grace, read):
    response = signed_in().get("/admin/", follow=True)
    page = read(response)
    assert (response.status_code, page.h1.get_text()) == (403, "A second step first")
    assert page.select_one("main a.button")["href"] == "/accounts/second-step/app/"


def test_staff_who_signed_in_by_both_is_in(grace):
    give_app(grace)
    assert signed_in(code_of()).get("/admin/accounts/user/").status_code == 200


def test_staff_is_asked_at_the_door_and_goes_on_where_they_were(grace):
    client = signed_in()
    give_app(grace)
    door = client.get("/admin/accounts/user/")["Location"]
    assert client.get(door)["Location"] == AGAIN
    assert client.post(AGAIN, {"code": "1"}).status_code == 422
    assert client.post(AGAIN, {"code": code_of()})["Location"] == "/admin/accounts/user/"
    assert client.get("/admin/accounts/user/").status_code == 200


def test_others_are_not_told_of_the_door(db, ada, client, client_of):
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/")
    assert client_of(ada).get("/admin/", follow=True).status_code == 403
    assert b"A second step first" not in client_of(ada).get("/admin/", follow=True).content


def test_command_is_the_way_back(grace, capsys):
    give_app(grace)
    call_command("remove_second_factor", "Grace")
    assert capsys.readouterr().out.startswith("Removed from grace: TOTP Authenticator.")
    assert not Authenticator.objects.exists()
    assert last_mail("grace@example.org").subject == "Your Cairn account lost its app for codes"
    for name, sentence in (("grace", "grace has no second factor."), ("nobody", "Nobody is called nobody.")):
        with pytest.raises(CommandError, match=sentence):
            call_command("remove_second_factor", name)
