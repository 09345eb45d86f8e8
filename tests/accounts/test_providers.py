"""Joining and signing in with a provider: what it may say, and what nobody gets by it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.test import Client

from accounts.models import User
from accounts.welcome import way_of
from outbox.models import Mail
from tests.accounts.codes import code_of, give_app
from tests.accounts.letters import code_in, last_mail, links_in
from tests.accounts.providing import KINDS, person
from tests.accounts.test_appearance import ELSEWHERE
from tests.factories import make_user

JOIN = "/accounts/join/"
CODE = "/accounts/confirm-email/"
PASSWORD = "three stones on a hill"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
PROVING = ("google", "github")
"""Those whose word for an address we take."""


def way_to(browser: Client, kind: str, **form: str):
    return browser.post(f"/accounts/with/{kind}/", form)["Refresh"].removeprefix("0; url=")


def way_back(to: str) -> str:
    """What the provider sends the browser to, as path and query."""
    back = requests.get(to, allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith("http://localhost:8000/accounts/with/")
    return back.removeprefix("http://localhost:8000")


def come_back(browser: Client, kind: str, **form: str):
    return browser.get(way_back(way_to(browser, kind, **form)))


def joined(browser: Client, kind: str, **form: str):
    come_back(browser, kind)
    return browser.post(JOIN, {"username": "clara"} | form)


@pytest.mark.parametrize("kind", KINDS)
def test_person_joins_and_comes_back(provider, client, client_of, read, kind):
    person(provider, kind, email="clara@example.org")
    assert come_back(client, kind, next="/about/")["Location"] == JOIN
    form = read(client.get(JOIN))
    assert form.select_one("input[name=name]")["value"] == "Clara Hill"
    assert form.select_one("input[name=username]")["value"] == ("clara-h" if kind == "github" else "clara-hill")
    assert bool(form.select("input[name=email]")) is (kind not in PROVING)
    answer = client.post(JOIN, {"username": "clara", "name": "Clara", "email": "clara@example.org"})
    if kind not in PROVING:
        assert (answer["Location"], get_user(client).is_anonymous) == (CODE, True)
        answer = client.post(CODE, {"code": code_in(last_mail("clara@example.org"))})
    clara = User.objects.get()
    assert (answer["Location"], get_user(client)) == ("/about/", clara)
    assert (clara.username, clara.name, clara.email) == ("clara", "Clara", "clara@example.org")
    assert [(one.email, one.verified, one.primary) for one in clara.emailaddress_set.all()] == [
        ("clara@example.org", True, True)
    ]
    assert not clara.has_usable_password()
    assert (clara.avatar.name, "/avatar" in "".join(provider.asked)) == ("", False)
    again = client_of(None)
    assert come_back(again, kind)["Location"] == "/"
    assert get_user(again) == clara


def test_nobody_is_asked_where_no_provider_is_set_up(client, db, read):
    page = read(client.get("/accounts/login/"))
    assert page.select(".other-ways") == []
    assert client.post("/accounts/with/google/").status_code == 404
    assert client.get("/accounts/with/github/callback/").status_code == 404
    assert client.get("/accounts/with/university/callback/").status_code == 404


@pytest.mark.parametrize("page", ["/accounts/login/", "/accounts/signup/"])
def test_button_carries_where_one_was_going(provider, client, read, page):
    forms = read(client.get(page, {"next": "/about/"})).select(".other-ways form")
    assert [form.button.get_text() for form in forms] == [
        "Continue with Google",
        "Continue with The University",
        "Continue with GitHub",
    ]
    assert {form.select_one("input[name=next]")["value"] for form in forms} == {"/about/"}


def test_only_a_press_of_the_button_begins(provider, client):
    assert client.get("/accounts/with/google/")["Location"] == "/accounts/login/"
    assert Client(enforce_csrf_checks=True).post("/accounts/with/google/").status_code == 403
    assert provider.asked == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_asked_is_bound_to_this_browser_and_this_place(provider, client, settings, kind):
    settings.ALLOWED_HOSTS = ["*"]
    page = client.post(f"/accounts/with/{kind}/?scope=repo&auth_params=prompt%3Dnone", headers={"host": "evil.example"})
    asked = {name: values[0] for name, values in parse_qs(urlsplit(page["Refresh"]).query).items()}
    assert asked["redirect_uri"] == f"http://localhost:8000/accounts/with/{kind}/callback/"
    assert asked["code_challenge_method"] == "S256"
    assert (len(asked["state"]) >= 16, "prompt" in asked) == (True, False)
    assert ("nonce" in asked) is (kind != "github")
    assert sorted(asked["scope"].split()) == (["user:email"] if kind == "github" else ["email", "openid", "profile"])


@pytest.mark.parametrize("way", [way for way in ELSEWHERE if "\0" not in way][::8])
def test_nobody_is_sent_elsewhere(provider, client, way):
    person(provider, "google", email="clara@example.org")
    come_back(client, "google", next=way)
    assert client.post(JOIN, {"username": "clara"})["Location"] == "/"


# --- Takeovers: SECURITY.md, row 22. Ada is there; Clara, at the provider, tries to be Ada. ----------------------

KELVIN = "\u212a"
CYRILLIC_A = "\u0430"
TRIES = {
    "verified": ("ada@example.org", True),
    "unverified": ("ada@example.org", False),
    "verified in words": ("ada@example.org", "true"),
    "another case": ("ADA@Example.ORG", True),
    "dots": ("a.da@example.org", True),
    "a label": ("ada+1@example.org", True),
    "blanks around it": (" ada@example.org ", True),
    "a letter that looks alike": (f"{CYRILLIC_A}da@example.org", True),
    "a letter that becomes it": (f"ada@example.org{KELVIN}", True),
    "two in a list": (["ada@example.org", "clara@example.org"], True),
    "missing": (None, True),
    "no address": ("ada", True),
}


def is_untouched(ada: User) -> bool:
    ada.refresh_from_db()
    rows = [(one.email, one.verified) for one in ada.emailaddress_set.all()]
    is_hers = ada.check_password(PASSWORD) and ada.email == "ada@example.org"
    return is_hers and rows == [("ada@example.org", True)] and not SocialAccount.objects.filter(user=ada).exists()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("email", "verified"), TRIES.values(), ids=TRIES)
def test_no_address_opens_an_account(provider, client, kind, email, verified):
    ada = make_user("ada", password=PASSWORD)
    person(provider, kind, email=email, verified=verified)
    come_back(client, kind)
    assert get_user(client).is_anonymous
    for form in ({}, {"email": "ada@example.org"}, {"email": "ADA@example.org"}):
        client.post(JOIN, {"username": "clara"} | form)
        client.post(CODE, {"code": "AAAAAA"})
        if get_user(client).is_anonymous:
            come_back(client, kind)
    client.post(JOIN, {"username": "ada"})
    assert get_user(client) != ada
    assert is_untouched(ada)


def test_address_that_changes_at_the_provider_changes_nothing_here(provider, client, client_of):
    ada = make_user("ada", password=PASSWORD)
    person(provider, "google", email="clara@example.org")
    joined(client, "google")
    person(provider, "google", email="ada@example.org")
    again = client_of(None)
    come_back(again, "google")
    assert get_user(again).username == "clara"
    assert get_user(again).email == "clara@example.org"
    assert is_untouched(ada)


def test_two_people_at_two_providers_are_not_one(provider, client, client_of):
    """The same number at another provider is somebody else; so is another number with the same address."""
    person(provider, "google", 7, "clara@example.org")
    joined(client, "google")
    for kind, number in (("university", 7), ("github", 7), ("google", 8)):
        browser = client_of(None)
        person(provider, kind, number, "clara@example.org")
        come_back(browser, kind)
        assert get_user(browser).is_anonymous
    assert SocialAccount.objects.count() == 1


def test_whoever_joined_before_with_an_address_of_others_keeps_nothing_of_it(provider, client, client_of, settings):
    """Clara has joined with the address of Ada, who has not been here yet and confirms nothing; then Ada comes."""
    settings.ACCOUNT_RATE_LIMITS = False
    person(provider, "github", 7, "ada@example.org", verified=False)
    assert joined(client, "github", email="ada@example.org")["Location"] == CODE
    hers = client_of(None)
    hers.post("/accounts/password/reset/", {"email": "ada@example.org"})
    link = links_in(last_mail("ada@example.org"))[0].removeprefix("http://localhost:8000")
    hers.post(hers.get(link)["Location"], {"password1": PASSWORD, "password2": PASSWORD})
    hers.post(CODE, {"code": code_in(last_mail("ada@example.org"))})
    assert get_user(hers).email == "ada@example.org"
    assert not SocialAccount.objects.exists()
    for browser in (client, client_of(None)):
        come_back(browser, "github")
        assert get_user(browser).is_anonymous


def test_proved_address_that_has_an_account_is_told_the_way_in(provider, client, read):
    make_user("ada", password=PASSWORD)
    person(provider, "google", email="ada@example.org")
    page = come_back(client, "google")
    assert page.status_code == 409
    assert read(page).select_one(".page-header__text").get_text() == (
        "There is an account with this address. Sign in to it, then connect Google under Settings, Security."
    )


def test_known_address_that_is_typed_looks_like_an_unknown_one(provider, client_of):
    """What sign-up tells nobody, this does not tell either."""
    make_user("ada", password=PASSWORD)
    seen = []
    for number, name in ((1, "ada"), (2, "eda")):
        browser = client_of(None)
        person(provider, "university", number)
        answer = joined(browser, "university", username=f"new{number}", email=f"{name}@example.org")
        after = browser.get(answer["Location"])
        heads = sorted((key, value) for key, value in answer.items() if key != "Expires")
        seen.append((answer.status_code, heads, TOKEN.sub(b"", after.content).replace(name.encode(), b"NAME")))
    assert seen[0] == seen[1]
    assert last_mail("ada@example.org").subject == "You have a Cairn account already"


def test_form_comes_back_filled(provider, client, read, ada):
    person(provider, "github", email="clara@example.org")
    come_back(client, "github")
    page = client.post(JOIN, {"username": "ada", "name": "Clara of the Hill"})
    assert page.status_code == 422
    assert read(page).select_one("input[name=name]")["value"] == "Clara of the Hill"
    assert [line.get_text(" ", strip=True) for line in read(page).select(".form__errors li")] == [
        "User name : Somebody has this user name already; choose another."
    ]
    assert client.post(JOIN, {"username": "clara"})["Location"] == "/"


def test_suggested_name_is_free_and_could_be_one(provider, client, read):
    make_user("clara-h")
    for login, expected in (("clara-h", "clara-h2"), ("admin", "clara-hill"), ("Ålesund!", "alesund")):
        person(provider, "github")
        provider.person["login"] = login
        come_back(client, "github")
        assert read(client.get(JOIN)).select_one("input[name=username]")["value"] == expected


def test_best_address_of_github_is_taken_alone(provider, client):
    person(provider, "github")
    provider.emails = [
        {"email": "7+clara@users.noreply.github.com", "verified": True, "primary": True},
        {"email": "old@example.org", "verified": False, "primary": False},
        {"email": "clara@example.org", "verified": True, "primary": False},
    ]
    joined(client, "github")
    assert [one.email for one in get_user(client).emailaddress_set.all()] == ["clara@example.org"]
    assert Mail.objects.count() == 0


def test_who_joins_reads_on_in_their_language_and_is_led_to_the_first_steps(provider, client, settings):
    person(provider, "google", email="clara@example.org")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    joined(client, "google")
    assert get_user(client).language == "es"
    assert way_of(get_user(client)) is not None


def test_second_step_is_asked_of_who_has_one(provider, client, client_of):
    person(provider, "google", email="clara@example.org")
    joined(client, "google")
    give_app(get_user(client))
    browser = client_of(None)
    assert come_back(browser, "google")["Location"] == "/accounts/second-step/sign-in/"
    assert get_user(browser).is_anonymous
    browser.post("/accounts/second-step/sign-in/", {"code": code_of()})
    assert get_user(browser) == User.objects.get()


def test_closed_account_does_not_open(provider, client, client_of):
    person(provider, "google", email="clara@example.org")
    joined(client, "google")
    User.objects.update(is_active=False)
    browser = client_of(None)
    assert come_back(browser, "google")["Location"] == "/accounts/inactive/"
    assert get_user(browser).is_anonymous


def test_form_without_a_sign_in_before_it_is_not_there(client, db):
    assert client.get(JOIN)["Location"] == "/accounts/login/"
    assert client.post(JOIN, {"username": "clara"})["Location"] == "/accounts/login/"
    assert not User.objects.exists()
