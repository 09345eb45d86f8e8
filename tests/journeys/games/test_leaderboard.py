"""Hiding from the leaderboard: others stop seeing a member, who still sees where they stand."""

from playwright.sync_api import Page, expect

from accounts.models import User
from gamification.models import Rescore
from gamification.tasks import refresh_scores
from tests.factories import make_community
from tests.gamification.boards.standing import earn, refresh
from tests.journeys.conftest import OpenWindow

BOARD = "/c/algebra/leaderboard/"


def choose(page: Page, how: str) -> None:
    """The card is open until somebody chose."""
    if not page.get_by_label(how, exact=True).is_visible():
        page.locator(".appearing > summary").click()
    page.get_by_label(how, exact=True).check()
    if how == "By another name":
        page.get_by_role("textbox", name="Your other name").fill("Quiet Heron")
    page.get_by_role("button", name="Save").click()
    for waiting in Rescore.objects.values_list("user", flat=True):
        refresh_scores(waiting)


def lines(page: Page, address: str = BOARD) -> list[str]:
    page.goto(address)
    return [" ".join(line.split()) for line in page.locator(".board__line").all_inner_texts()]


def test_member_shows_themselves_by_another_name_and_hides_again(
    scripts: bool, open_window: OpenWindow, site: str, ada: User, bob: User
) -> None:
    algebra = make_community(ada, bob)
    for person, xp in ((ada, 20), (bob, 50)):
        earn(person, xp, algebra)
    refresh(ada, bob)
    of_bob = open_window(bob, java_script_enabled=scripts).page
    of_ada = open_window(ada, java_script_enabled=scripts).page

    of_bob.goto("/c/algebra/")
    of_bob.get_by_role("link", name="Leaderboard").last.click()
    expect(of_bob.locator(".board-mine")).to_have_text("You are in place 1 with 50 XP.")
    assert lines(of_ada) == ["Place 1 You 20 XP"]

    choose(of_bob, "By another name")
    expect(of_bob.get_by_text("Saved. All leaderboards show you so")).to_be_visible()
    assert lines(of_ada) == ["Place 1 Quiet Heron 50 XP", "Place 2 You 20 XP"]

    choose(of_bob, "Not at all; I still see where I stand")
    assert lines(of_ada) == ["Place 1 You 20 XP"]
    assert lines(of_bob) == ["Place 1 You 50 XP"]
