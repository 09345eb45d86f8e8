"""A week is kept, a freeze stands in for a day, and the flame changes where it stands."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from communities.models import Community, Post
from gamification.models import Activity, PlanChange
from gamification.streaks.flame import kindle
from tests.factories import make_community, make_post
from tests.journeys.conftest import OpenWindow

DAY = timedelta(days=1)


@pytest.fixture
def algebra(site: str, ada: User, bob: User) -> Community:
    return make_community(ada, bob)


@pytest.fixture
def question(algebra: Community, ada: User) -> Post:
    return make_post(ada, algebra)


def was_active(person: User, community: Community, *days: date) -> None:
    Activity.objects.bulk_create(
        Activity(
            user=person,
            source_type="comment",
            source_id=-number,
            community=community,
            at=timezone.now() - 10 * DAY,
            local_date=day,
        )
        for number, day in enumerate(days, 1)
    )
    kindle(person.pk)


def test_answer_keeps_the_week_and_the_flame_says_so_without_a_reload(
    open_window: OpenWindow, algebra: Community, question: Post, bob: User
) -> None:
    today = (timezone.now() - timedelta(hours=3)).date()
    monday = today - DAY * today.weekday()
    PlanChange.objects.create(user=bob, plan=1, week=monday - 28 * DAY)
    was_active(bob, algebra, monday - 7 * DAY, monday - 14 * DAY)
    page = open_window(bob).page
    page.goto(question.get_absolute_url())
    flame = page.get_by_role("banner").get_by_role("link", name="My rhythm")
    expect(flame).to_have_accessible_name("My rhythm: 0 of 1 days this week, 2 weeks in a row")
    page.evaluate("window.isStillHere = true")
    page.get_by_label("Your answer").fill("A subtraction is the addition of a negative number.")
    page.get_by_role("button", name="Post answer").click()
    expect(flame).to_have_accessible_name("My rhythm: 1 of 1 days this week, 3 weeks in a row")
    assert page.evaluate("window.isStillHere") is True
    flame.click()
    expect(page.locator("#rhythm-facts dd").first).to_have_text("3")


def test_freeze_stands_in_for_a_missed_day_and_is_seen(open_window: OpenWindow, algebra: Community, bob: User) -> None:
    today = (timezone.now() - timedelta(hours=3)).date()
    monday = today - DAY * today.weekday()
    kept = [monday - DAY * before for before in (14, 13, 12)]
    was_active(bob, algebra, *kept, monday - 7 * DAY, monday - 6 * DAY)
    page = open_window(bob, java_script_enabled=False).page
    page.goto("/rhythm/")
    expect(page.locator("#rhythm-facts dd")).to_have_text(["2", "0", "0"])
    expect(page.locator(".heat__map [fill='url(#heat-frozen)']")).to_have_count(1)
    page.get_by_text("As a table").click()
    expect(page.get_by_role("cell", name="freeze")).to_have_count(1)
    page.get_by_label("First day").fill((today + DAY).isoformat())
    page.get_by_label("Last day").fill((today + 2 * DAY).isoformat())
    page.get_by_role("button", name="Plan a pause").click()
    expect(page.get_by_role("button", name="Take back the pause")).to_have_count(1)
