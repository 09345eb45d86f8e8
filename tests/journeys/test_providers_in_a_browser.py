"""Joining with a provider in a browser: the page between leads on by itself, and Security connects and disconnects."""

from collections.abc import Iterator

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse
from oidc_provider_mock import User as Known
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Page, expect

from tests.accounts.codes import code_of, give_app
from tests.accounts.letters import code_in, last_mail
from tests.accounts.providing import CLIENT, Provider, configured, person, serving
from tests.factories import make_user
from tests.journeys.conftest import OpenWindow
from tests.journeys.test_accessibility import look


@pytest.fixture
def provider(site: str, settings) -> Iterator[Provider]:
    settings.SITE_URL = site
    with serving() as running:
        settings.SOCIALACCOUNT_PROVIDERS = configured(running)
        yield running


def test_person_joins_with_a_provider_and_looks_after_it(
    open_window: OpenWindow, provider: Provider, subtests: pytest.Subtests
) -> None:
    window = open_window()
    page = window.page
    for where in ("account_login", "account_signup"):
        page.goto(reverse(where))
        expect(page.get_by_role("button", name="Continue with GitHub")).to_be_visible()
        with subtests.test(where):
            assert look(page) == ""
    person(provider, "google", email="clara@example.org")
    page.get_by_role("button", name="Continue with Google").click()
    expect(page.get_by_role("heading", name="Join Cairn")).to_be_visible()
    with subtests.test("the form"):
        assert look(page) == ""
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("button", name="My menu")).to_be_visible()
    page.goto(reverse("accounts:security"))
    expect(page.get_by_text("clara@example.org, connected")).to_be_visible()
    with subtests.test("Security"):
        assert look(page) == ""
    page.get_by_role("button", name="Connect GitHub").click()
    expect(page.get_by_role("button", name="Send the code")).to_be_visible()
    with subtests.test("Is it you?"):
        assert look(page) == ""
    assert {address.partition("?")[0] for address in window.foreign} == {f"{provider.address}/authorize"}
    window.foreign.clear()


DORA = {"name": "Dora Weaver", "preferred_username": "dora", "email": "dora@example.org", "email_verified": True}


@pytest.fixture
def university(site: str, settings) -> Iterator[str]:
    """The address of a real provider, where Dora and Ada are known."""
    settings.SITE_URL = site
    known = [Known(sub="dora-7", claims=DORA), Known(sub="ada-3", claims={"name": "Ada"})]
    with run_server_in_thread(require_nonce=True, user_claims=known) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        place = {"oauth_pkce_enabled": True, "server_url": address}
        app = CLIENT | {"provider_id": "university", "name": "The University", "settings": place}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        yield address


def come_from(page: Page, person: str) -> None:
    page.route("https://cdn.jsdelivr.net/**", lambda theirs: theirs.fulfill(content_type="text/css", body=""))
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Continue with The University").click()
    page.get_by_role("button", name=f"Authorize as {person}").click()


def test_person_joins_by_openid_connect_and_comes_back(open_window: OpenWindow, university: str) -> None:
    window = open_window()
    page = window.page
    come_from(page, "dora-7")
    expect(page.get_by_label("User name")).to_have_value("dora")
    page.get_by_label("E-mail").fill("dora@example.org")
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("heading", name="Enter the code")).to_be_visible()
    page.get_by_label("Code").fill(code_in(last_mail("dora@example.org")))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("button", name="My menu")).to_be_visible()
    again = open_window()
    come_from(again.page, "dora-7")
    expect(again.page.get_by_role("button", name="My menu")).to_be_visible()
    ada = make_user("ada")
    SocialAccount.objects.create(user=ada, provider="university", uid="ada-3")
    give_app(ada)
    third = open_window()
    come_from(third.page, "ada-3")
    expect(third.page.get_by_role("heading", name="Second step")).to_be_visible()
    third.page.get_by_label("Code").fill(code_of())
    third.page.get_by_label("Code").press("Enter")
    expect(third.page.get_by_role("button", name="My menu")).to_be_visible()
    for one in (window, again, third):
        assert all(address.startswith((university, "https://cdn.jsdelivr.net/")) for address in one.foreign)
        one.foreign.clear()
