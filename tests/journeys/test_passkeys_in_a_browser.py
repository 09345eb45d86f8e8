"""Passkeys in a browser, with a device that Chromium plays: added, used to sign in and as second step, removed."""

from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.factories import make_user
from tests.journeys.conftest import OpenWindow
from tests.journeys.test_accessibility import look

PASSWORD = "three stones on a hill"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


def give_device(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def sign_out(page: Page) -> None:
    page.goto(reverse("account_logout"))
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def give_password(page: Page) -> None:
    page.get_by_label("User name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def test_member_signs_in_by_a_passkey(open_window: OpenWindow, site: str, settings) -> None:
    settings.SITE_URL = site
    make_user("ada", password=PASSWORD)
    page = open_window().page
    give_device(page)
    page.goto(f"{reverse('account_login')}?next={reverse('accounts:security')}")
    assert look(page) == ""
    give_password(page)
    page.get_by_role("link", name="Add : Passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
    assert look(page) == ""
    page.get_by_label("Name").fill("My phone")
    page.get_by_label("Name").press("Enter")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("This device has a passkey for your account already.")).to_be_visible()
    sign_out(page)
    page.goto(f"{reverse('account_login')}?next={reverse('accounts:security')}")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("My phone", exact=True)).to_be_visible()
    assert look(page) == ""
    sign_out(page)
    page.goto(f"{reverse('account_login')}?next={reverse('accounts:security')}")
    give_password(page)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    assert look(page) == ""
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("link", name="Remove : My phone").click()
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Remove “My phone”?")).to_be_visible()
    assert look(page) == ""
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
