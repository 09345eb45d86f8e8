"""What a member plans, and their page of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.actions.unfit import Unfit
from gamification.models import Activity, Pause, PlanChange
from gamification.players import player_of
from gamification.streaks.planning import choose_plan, end_pause, plan_pause, today_of
from gamification.streaks.reading import seen_by
from tests.gamification.streaks.test_flame import active

DAY = timedelta(days=1)


def words(element) -> str:
    return " ".join(element.get_text(" ", strip=True).split())


def test_plan_counts_from_next_monday_and_the_last_choice_holds(bob):
    choose_plan(by=bob, plan=2, day_start=0)
    monday = choose_plan(by=bob, plan=6, day_start=5)
    assert list(PlanChange.objects.values_list("plan", "week")) == [(6, monday)]
    assert (monday.weekday(), 0 < (monday - today_of(bob)).days <= 7) == (0, True)
    history, rhythm = seen_by(bob)
    assert (rhythm.needed, history.plan_to_come, player_of(bob).day_start) == (3, 6, 5)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (-1, 3, "A pause begins today or later: what is over can't be paused."),
        (3, 2, "A pause ends on the day it begins, or later."),
        (0, 14, "A pause is at most 14 days long."),
        (5, 6, "Some of these days are planned as a pause already."),
    ],
)
def test_pause_that_does_not_fit_is_refused(bob, first, last, said):
    today = today_of(bob)
    plan_pause(by=bob, first=today + 4 * DAY, last=today + 5 * DAY)
    with pytest.raises(Unfit, match=said):
        plan_pause(by=bob, first=today + first * DAY, last=today + last * DAY)
    assert Pause.objects.count() == 1


def test_year_has_thirty_days_of_pause(bob):
    january = today_of(bob).replace(month=1, day=1)
    Pause.objects.bulk_create(
        Pause(user=bob, first=january + start * DAY, last=january + (start + 13) * DAY) for start in (0, 20)
    )
    last = january.replace(month=12, day=31)
    plan_pause(by=bob, first=last - DAY, last=last + DAY)
    with pytest.raises(Unfit, match="That would be 31 days of pause"):
        plan_pause(by=bob, first=last - 9 * DAY, last=last - 9 * DAY)


def test_pause_that_runs_ends_yesterday_and_one_to_come_is_gone(bob):
    today = today_of(bob)
    running = Pause.objects.create(user=bob, first=today - DAY, last=today + DAY)
    to_come = plan_pause(by=bob, first=today + 5 * DAY, last=today + 5 * DAY)
    for pause in (running, to_come, running):
        end_pause(Pause(pk=pause.pk, user=bob, first=pause.first, last=pause.last), by=bob)
    assert list(Pause.objects.values_list("first", "last")) == [(today - DAY, today - DAY)]


def test_page_shows_week_run_and_year_and_takes_choices(bob, eve, algebra, client_of, read):
    today = today_of(bob)
    active(bob, 0, 1, 2, 40)
    Pause.objects.create(user=bob, first=today - 9 * DAY, last=today - 8 * DAY)
    browser = client_of(bob)
    page = read(browser.get("/rhythm/"))
    cells = {rect.title.get_text(): rect["class"] for rect in page.select(".heat__cell")}
    assert len(cells) == 52 * 7 + today.weekday() + 1
    assert sum(label.endswith(": 1 act") for label in cells) == 4
    assert len(page.select(".heat__map [fill='url(#heat-paused)']")) == 2
    assert len(page.select(".heat__table tbody tr")) == 53
    assert len(page.select(".rhythm__day--active")) == min(3, today.weekday() + 1)
    profiles = [read(client_of(person).get("/members/bob/")) for person in (bob, eve, None)]
    assert [len(profile.select(".heat__cell")) for profile in profiles] == [len(cells), 0, 0]
    answer = browser.post("/rhythm/plan/", {"plan": "5", "day_start": "0"})
    assert (answer.status_code, answer.url) == (302, "/rhythm/")
    given = {"first": (today + DAY).isoformat(), "last": (today + 2 * DAY).isoformat()}
    assert browser.post("/rhythm/pauses/", given).status_code == 302
    again = browser.post("/rhythm/pauses/", given)
    assert (again.status_code, words(read(again).select_one(".form__errors li"))) == (
        422,
        "Some of these days are planned as a pause already.",
    )
    assert read(again).select_one("[name=first]")["value"] == given["first"]
    assert browser.post("/rhythm/plan/", {"plan": "8", "day_start": "0"}).status_code == 422
    planned = Pause.objects.latest("first")
    assert client_of(eve).post(f"/rhythm/pauses/{planned.pk}/end/").status_code == 404
    assert browser.post(f"/rhythm/pauses/{planned.pk}/end/").status_code == 302
    assert Pause.objects.count() == 1


def test_more_days_cost_no_more_questions(bob, algebra, client_of):
    browser = client_of(bob)
    counts = []
    for days in ((0, 1), range(2, 60)):
        active(bob, *days)
        browser.get("/about/")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/rhythm/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
    assert Activity.objects.of(bob).count() == 60
