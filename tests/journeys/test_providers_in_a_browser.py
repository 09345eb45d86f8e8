"""Joining with a provider in a browser: the page between leads on by itself, and Security connects and disconnects."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.accounts.providing import Provider, configured, person, serving
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
