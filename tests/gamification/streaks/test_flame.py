"""The flame in the head of every page: kept with the member, new after each act, gone out by itself."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from communities.actions.answering import delete_answer, post_answer
from communities.actions.commenting import add_comment
from gamification.models import Activity, PlanChange
from gamification.streaks.flame import flame_of, kept_flames, kindle, kindle_by_night
from gamification.streaks.reading import days_of
from tests.communities.at_once import at_once, errors
from tests.factories import make_answer, make_community, make_post

HTMX = {"HX-Request": "true"}
LONG = "Which of the two steps do you mean, the first?"
DAY = timedelta(days=1)


def active(person: User, *days_ago: int) -> None:
    """Rows of so many days ago, by hand."""
    now = timezone.now()
    today = days_of(person).day_of(now)
    community = person.memberships.first().community
    Activity.objects.bulk_create(
        Activity(
            user=person,
            source_type="comment",
            source_id=-(person.pk * 1000 + number),
            community=community,
            at=now - number * DAY,
            local_date=today - number * DAY,
        )
        for number in days_ago
    )
    kindle(person.pk)
    person.refresh_from_db()


def shown(page) -> str:
    return page.select_one("#flame")["aria-label"]


def test_flame_is_on_every_page_without_a_question_and_links_to_the_rhythm(bob, algebra, client_of, read):
    browser = client_of(bob)
    page = read(browser.get("/about/"))
    assert shown(page) == "My rhythm: 0 of 3 days this week, 0 weeks in a row"
    assert page.select_one("#flame")["href"] == "/rhythm/"
    with CaptureQueriesContext(connection) as queries:
        browser.get("/about/")
    assert [query["sql"] for query in queries if "gamification_" in query["sql"]] == []


def test_answer_by_htmx_says_that_the_flame_changed_and_a_plain_form_shows_it_next(
    bob, otto, question, client_of, read, django_capture_on_commit_callbacks
):
    browser = client_of(bob)
    fields = {"body": "A subtraction is the addition of a negative number."}
    with django_capture_on_commit_callbacks(execute=True):
        answered = browser.post(f"/posts/{question.pk}/answers/", fields, headers=HTMX)
    assert answered.headers["HX-Trigger"] == '{"flame-changed": {}}'
    assert shown(read(browser.get("/rhythm/flame/", headers=HTMX))).startswith("My rhythm: 1 of 3 days")
    assert shown(read(browser.get("/about/"))).startswith("My rhythm: 1 of 3 days")
    voted = browser.post(f"/posts/{question.pk}/vote/", {"value": "1"}, headers=HTMX)
    assert "HX-Trigger" not in voted.headers
    plain = client_of(otto).post(f"/posts/{question.pk}/answers/", fields)
    assert (plain.status_code, "HX-Trigger" in plain.headers) == (302, False)


def test_night_kindles_what_a_process_that_ended_too_early_left(bob, eve, algebra):
    active(bob, 0)
    User.objects.update(flame="")
    kindle_by_night()
    people = User.objects.in_bulk([bob.pk, eve.pk])
    assert (flame_of(people[bob.pk]).done, people[eve.pk].flame) == (1, "")


def test_flame_goes_out_by_itself_when_its_weeks_are_over(bob, algebra):
    today = days_of(bob).day_of(timezone.now())
    weekday = today.weekday()
    PlanChange.objects.create(user=bob, plan=1, week=today - (weekday + 14) * DAY)
    active(bob, weekday + 1, weekday + 8)  # last Sunday, and the one before
    assert flame_of(bob)[1:] == (0, 1, 2)
    assert kept_flames(bob)[-1][1:] == (0, 1, 0)


def test_deleted_answer_takes_its_day_from_the_flame(bob, question, django_capture_on_commit_callbacks):
    seen = []
    answer = make_answer(bob, question)
    for act in (partial(kindle, bob.pk), partial(delete_answer, answer, by=bob)):
        with django_capture_on_commit_callbacks() as callbacks:
            act()
        for callback in callbacks:
            if callback.args:
                callback.args[0](*callback.args[1:])
        bob.refresh_from_db()
        seen.append(flame_of(bob).done)
    assert seen == [1, 0]


@pytest.mark.django_db(transaction=True)
def test_many_acts_at_once_are_one_day_in_the_flame(ada, bob, otto):
    question = make_post(ada, make_community(otto, ada, bob))
    active(bob, 1)
    before = flame_of(bob).done
    acts = [partial(add_comment, question, by=bob, body=f"{LONG} {n}") for n in range(6)]
    acts.append(partial(post_answer, question, by=bob, body="Think of the number line: walk the other way."))
    assert errors(at_once(acts)) == []
    bob.refresh_from_db()
    today = days_of(bob).day_of(timezone.now())
    assert (flame_of(bob).done, Activity.objects.of(bob).filter(local_date=today).count()) == (before + 1, 7)
