"""Moving to another e-mail address: both mailboxes say yes, or a week passes; what is refused, what nobody learns."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.core import signing
from django.test import Client
from django.utils import timezone

from accounts.address import pages
from accounts.address.moving import SALT, forget_old_changes
from accounts.models import AddressChange, User
from net.limits import Rate
from outbox.models import Mail
from tests.accounts.letters import last_mail, links_in
from tests.factories import make_user

PAGE = "/accounts/email/"
PASSWORD = "three stones on a hill"
OLD, NEW = "ada@example.org", "new@example.org"


@pytest.fixture
def ada(db) -> User:
    return make_user("ada", password=PASSWORD)


@pytest.fixture
def browser(ada) -> Client:
    """Signed in, and has given the password once more just now."""
    client = Client()
    client.force_login(ada)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def address_of(member: User) -> str:
    member.refresh_from_db()
    return member.email


def link_to(mailbox: str) -> str:
    (url,) = (url for url in links_in(last_mail(mailbox)) if "/address/" in url)
    return url.removeprefix("http://localhost:8000")


def say(mailbox: str, what: str = "yes"):
    return Client().post(link_to(mailbox), {what: ""})


def wait(**long: int) -> None:
    AddressChange.objects.update(asked_at=timezone.now() - timedelta(**long))


@pytest.fixture
def asked(browser) -> Client:
    assert browser.post(PAGE, {"email": NEW})["Location"] == PAGE
    return browser


@pytest.mark.parametrize("first", [OLD, NEW])
def test_address_changes_when_both_mailboxes_have_said_yes(ada, asked, read, first):
    links = {OLD: link_to(OLD), NEW: link_to(NEW)}
    for link in links.values():
        page = read(Client().get(link))
        assert NEW in page.select_one("main").get_text()
    assert (address_of(ada), AddressChange.objects.count()) == (OLD, 1)
    second = NEW if first == OLD else OLD
    say(first)
    assert address_of(ada) == OLD
    assert [f"{first} has said yes" in item.get_text() for item in read(asked.get(PAGE)).select("#asked li")] == (
        [first == NEW, first == OLD]
    )
    before = Mail.objects.count()
    say(second)
    assert address_of(ada) == NEW
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(NEW, True, True)]
    assert f"moved from {OLD} to {NEW}" in last_mail(OLD).text
    assert Mail.objects.count() == before + 1
    assert get_user(asked) == ada
    for link in links.values():
        assert Client().post(link, {"yes": ""}).status_code == 410


@pytest.mark.parametrize("mailbox", [OLD, NEW])
def test_no_of_either_mailbox_ends_it(ada, asked, mailbox):
    links = [link_to(OLD), link_to(NEW)]
    assert say(mailbox, "no").status_code == 200
    assert [Client().post(link, {"yes": ""}).status_code for link in links] == [410, 410]
    assert (address_of(ada), AddressChange.objects.exists()) == (OLD, False)


def test_lost_mailbox_keeps_nobody_from_moving_after_a_week(ada, asked, read):
    wait(days=8)
    asked.post(PAGE, {"finish": ""})
    assert address_of(ada) == OLD  # the new mailbox has not answered
    wait(days=1)
    asked.post(PAGE, {"again": ""})
    say(NEW)
    asked.post(PAGE, {"finish": ""})
    assert (address_of(ada), bool(read(asked.get(PAGE)).select("button[name=finish]"))) == (OLD, False)
    wait(days=8)
    assert read(asked.get(PAGE)).select_one("button[name=finish]")
    asked.post(PAGE, {"finish": ""})
    assert address_of(ada) == NEW
    assert f"moved from {OLD} to {NEW}" in last_mail(OLD).text


def test_another_wish_replaces_the_one_before(ada, asked):
    before = link_to(NEW)
    asked.post(PAGE, {"email": "newer@example.org"})
    assert Client().get(before).status_code == 410
    asked.post(PAGE, {"stop": ""})
    assert not AddressChange.objects.exists()


def test_who_has_no_address_yet_asks_the_new_mailbox_alone(ada, browser):
    EmailAddress.objects.all().delete()
    User.objects.update(email="")
    browser.post(PAGE, {"email": NEW})
    assert set(Mail.objects.values_list("recipient", flat=True)) == {NEW}
    say(NEW)
    assert address_of(ada) == NEW


def test_address_of_another_member_looks_like_any_other(ada, browser, read):
    bob = make_user("bob")
    pages_shown = []
    for email in (bob.email, "bib@example.org"):
        assert browser.post(PAGE, {"email": email})["Location"] == PAGE
        shown = read(browser.get(PAGE)).select_one("main").get_text()
        pages_shown.append(shown.replace(email, ""))
        say(OLD)
    assert pages_shown[0] == pages_shown[1]
    assert "/address/" not in last_mail(bob.email).text
    assert (address_of(ada), address_of(bob)) == (OLD, "bob@example.org")


def test_address_that_somebody_took_meanwhile_is_theirs(ada, asked):
    say(OLD)
    eve = make_user("eve", email=NEW)
    assert say(NEW).status_code == 409
    assert (address_of(ada), address_of(eve)) == (OLD, NEW)
    wait(days=8)
    AddressChange.objects.update(new_said_at=timezone.now())
    asked.post(PAGE, {"finish": ""})
    assert (address_of(ada), AddressChange.objects.exists()) == (OLD, False)


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "This field is required."),
        ("no address", "Enter a valid email address."),
        ("ADA@example.org", "This is the address you have already."),
        ("ada@exämple.org", "Write the address with plain letters only (a domain in its xn-- form)."),
    ],
)
def test_what_is_no_new_address_comes_back(ada, browser, read, email, said):
    response = browser.post(PAGE, {"email": email})
    page = read(response)
    assert (response.status_code, page.select_one("input[name=email]").get("value", "")) == (422, email)
    assert [item.get_text() for item in page.select(".field__error")] == [said]
    assert not AddressChange.objects.exists()


def test_forged_and_old_links_lead_nowhere(ada, asked):
    change = AddressChange.objects.get()
    eves = signing.dumps([change.pk, "2026-01-01T00:00:00+00:00", "old"], salt=SALT)
    other = signing.dumps([change.pk, change.asked_at.isoformat(), "old"], salt="another")
    for token in ("forged", eves, other):
        assert Client().post(f"/address/{token}/", {"yes": ""}).status_code == 410
    link = link_to(OLD)
    User.objects.update(is_active=False)
    assert Client().get(link).status_code == 410
    User.objects.update(is_active=True)
    wait(days=31)
    assert Client().get(link).status_code == 410
    forget_old_changes()
    assert not AddressChange.objects.exists()


def test_only_who_shows_that_it_is_them_changes_it(ada, db):
    client = Client()
    client.force_login(ada)
    assert client.get(PAGE).status_code == 200
    for form in ({"finish": ""}, {"email": NEW}):
        again = client.post(PAGE, form)["Location"]
        assert "/accounts/reauthenticate/" in again
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(PAGE, {"email": NEW}).status_code == 403
    assert not AddressChange.objects.exists()
    client.post(again, {"password": PASSWORD})
    assert AddressChange.objects.get().email == NEW


def test_strangers_get_so_many_mails(ada, browser, monkeypatch):
    monkeypatch.setattr(pages, "ASKING", Rate(2, 3600))
    statuses = [browser.post(PAGE, form).status_code for form in ({"email": NEW}, {"again": ""}, {"again": ""})]
    assert (statuses, Mail.objects.filter(recipient=NEW).count()) == ([302, 302, 429], 2)
