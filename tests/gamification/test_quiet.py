"""Who chose quiet gets nothing of this floor on any page, and it goes on counting."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from communities.actions.voting import cast_vote
from gamification.quieting import choose_quiet
from notifications.actions import mark_all_read, notify
from notifications.models import Kind, Notification
from tests.addresses import routes
from tests.gamification.book import xp
from tests.journeys.everything import Everything
from tests.journeys.pages import PARTS

TEMPLATES = Path(settings.BASE_DIR) / "templates"
OURS = "gamification"
WORDS = re.compile(
    r"\bXP\b|\blevels? \d|\bstreaks?\b|\bachievements?\b|\bbadges?\b|\bleaderboards?\b|\branks?\b|\brhythm\b",
    re.IGNORECASE,
)
TAG, WAY = re.compile(r"<[^>]*>"), re.compile(r'(?:href|action)="([^"]*)"')
CLASS = re.compile(r'class="([^"]*)"')
FRAGMENT = {"HX-Request": "true"}


def classes(*, ours: bool) -> set[str]:
    """What the templates of this floor call their parts, or those of all others."""
    found = set()
    for path in TEMPLATES.rglob("*.html"):
        if (path.relative_to(TEMPLATES).parts[0] == OURS) == ours:
            for names in CLASS.findall(path.read_text(encoding="utf-8")):
                found |= set(re.sub(r"{[{%].*?[%}]}", " ", names).split())
    return found


MARKUP = classes(ours=True) - classes(ours=False)
ADDRESSES = {route.address({}) for route in routes() if route.name.startswith(f"{OURS}:") and not route.parameters} - {
    "/settings/xp/"
}
"""Where this floor has pages; that for choosing quiet is the way back."""


def traces(response) -> list[str]:
    """Of this floor: names of its parts, ways to its pages, its words."""
    html = response.content.decode()
    named = {name for names in CLASS.findall(html) for name in names.split()} & MARKUP
    led = set(WAY.findall(html)) & ADDRESSES
    return sorted(named | led | set(WORDS.findall(TAG.sub(" ", html))))


def pages(there: Everything, person: User) -> Iterator[str]:
    """All kinds of pages that members look at, and every page of this floor."""
    for parts in PARTS.values():
        yield from (kind.url for part in parts for kind in part(there) if kind.person is not None)
    yield from sorted(ADDRESSES)
    yield from (person.get_absolute_url(), reverse("gamification:quiet"))


def found_at(addresses: Iterable[str], browser: Client) -> dict[str, list[str]]:
    seen = {}
    for address in addresses:
        for headers in ({}, FRAGMENT) if address in ADDRESSES else ({},):
            if what := traces(browser.get(address, headers=headers)):
                seen[address] = what
    return seen


def told(person: User) -> None:
    """Of a badge and of their streak, while they still wanted to hear of it."""
    notify(person, Kind.ACHIEVEMENT, title="You earned the achievement “First Answer”", url="/achievements/")
    notify(person, Kind.RHYTHM, title="Today keeps your 12 days in a row.", url="/rhythm/")


@pytest.fixture
def there(db) -> Everything:
    """Ada and Bob have XP by now."""
    return Everything()


def test_quiet_member_finds_no_trace_on_any_page(there, client_of):
    User.objects.filter(pk__in=[there.ada.pk, there.bob.pk]).update(xp=90, level=2)
    browser = client_of(there.ada)
    told(there.ada)
    addresses = list(dict.fromkeys(pages(there, there.ada)))
    inbox = reverse("notifications:inbox")
    own = {inbox, there.ada.get_absolute_url(), reverse("gamification:receipts"), reverse("gamification:how")}
    assert found_at(own, browser).keys() == own
    choose_quiet(there.ada, is_quiet=True)
    assert (len(addresses) > 80, found_at(addresses, browser)) == (True, {})


def test_profile_of_quiet_member_shows_nothing_to_anybody(there, client_of):
    viewers = [None, there.bob, there.mina]
    address = there.bob.get_absolute_url()
    assert all("xp-card__sum" in traces(client_of(viewer).get(address)) for viewer in viewers)
    choose_quiet(there.bob, is_quiet=True)
    menu = traces(client_of(there.mina).get("/about/"))
    assert [traces(client_of(viewer).get(address)) for viewer in viewers] == [[], [], menu]


def test_member_hides_it_all_and_brings_it_back(ada, client_of, read):
    browser = client_of(ada)
    (way,) = read(browser.get("/settings/")).select("a[href='/settings/xp/']")
    for pressed, said in (("yes", "All of it is hidden."), ("no", "All of it is shown again.")):
        button = read(browser.get(way["href"])).select_one("main button[name=is_quiet]")
        assert button["value"] == pressed
        page = read(browser.post(way["href"], {"is_quiet": pressed}, follow=True))
        assert page.select_one(".toast__text").get_text() == said
        ada.refresh_from_db()
        assert ada.is_quiet == (pressed == "yes")
        assert bool(traces(browser.get("/members/ada/"))) == (pressed == "no")


def test_what_was_told_before_is_out_of_the_inbox_and_the_count_until_they_come_back(ada, client_of, read):
    told(ada)
    browser = client_of(ada)
    for is_quiet, shown in ((False, 2), (True, 0), (False, 2)):
        choose_quiet(ada, is_quiet=is_quiet)
        mark_all_read(ada, up_to=Notification.objects.latest("pk").pk if is_quiet else 0)
        page = read(browser.get("/inbox/"))
        count = page.select_one(".site-header__count")
        assert len(page.select(".notification")) == shown
        assert (count.find(string=True, recursive=False) if count else None) == (str(shown) if shown else None)


def test_button_that_no_page_has_changes_nothing(ada, client_of):
    assert client_of(ada).post("/settings/xp/", {"is_quiet": "perhaps"}).status_code == 422
    ada.refresh_from_db()
    assert not ada.is_quiet


def test_what_a_quiet_member_does_goes_on_counting_unsaid(ada, bob, answer, client_of):
    choose_quiet(bob, is_quiet=True)
    User.objects.filter(pk=bob.pk).update(level=2)
    before = Notification.objects.of(bob).count()
    cast_vote(answer, by=ada, value=1)
    assert (xp(bob), Notification.objects.of(bob).count()) == (10, before)
    assert traces(client_of(bob).get("/about/")) == []
    bob.refresh_from_db()
    assert (bob.level, bob.told_level) == (2, 1)
