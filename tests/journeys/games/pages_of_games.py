"""Pages of XP, rhythm, achievements and leaderboards."""

from collections.abc import Iterator

from django.urls import reverse
from playwright.sync_api import Page, expect

from gamification.achievements.weighing import weigh
from tests.journeys.everything import Everything
from tests.journeys.kinds import Kind


def of_games(there: Everything) -> Iterator[Kind]:
    def hide(page: Page) -> None:
        page.get_by_role("button", name="Hide it all").click()
        expect(page.get_by_role("button", name="Show it again")).to_be_visible()

    yield Kind("how XP work", reverse("gamification:how"))
    yield Kind("own XP", reverse("gamification:receipts"), there.bob)
    yield Kind("no XP", reverse("gamification:receipts"), there.eve)
    yield Kind("rhythm", reverse("gamification:rhythm"), there.bob, lambda page: page.get_by_text("As a table").click())
    yield Kind("rhythm, nothing yet", reverse("gamification:rhythm"), there.eve)
    yield Kind("first steps, days a week", reverse("gamification:welcome_plan"), there.eve)
    yield Kind("quiet mode", reverse("gamification:quiet"), there.bob)
    yield Kind("quiet mode chosen", reverse("gamification:quiet"), there.mina, hide)
    yield Kind("no XP in quiet", reverse("gamification:receipts"), there.mina)
    weigh([there.bob.pk])
    yield Kind("own achievements", reverse("gamification:achievements"), there.bob)
    yield Kind("no achievements", reverse("gamification:achievements"), there.eve)
    yield Kind("achievements of another", reverse("gamification:member_achievements", args=["bob"]), there.eve)
    board = reverse("gamification:community_board", args=[there.algebra.slug])
    yield Kind("leaderboard, nobody on it", reverse("gamification:leaderboard") + "?start=2026-01-05", there.eve)
    yield Kind("leaderboard of a community", f"{board}?span=all", there.bob)
    yield Kind("leaderboard of a community, the first ten", f"{board}?span=all&top", there.ada)
