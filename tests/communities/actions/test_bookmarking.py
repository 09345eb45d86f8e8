"""Bookmarks: one of each thing, reminded of once, on the day where their owner lives."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from communities import rules
from communities.actions.bookmarking import (
    bookmark,
    describe_bookmark,
    forget_removed_bookmarks,
    remind,
    remove_bookmark,
    rename_collection,
    restore_bookmark,
)
from communities.actions.community import leave_community
from communities.actions.posting import delete_post
from communities.models import Bookmark
from communities.tasks import remind_of_bookmarks
from notifications.models import Notification
from tests.factories import make_answer, make_post


def described(kept: Bookmark, **changes) -> Bookmark:
    given = {"collection": kept.collection, "note": kept.note, "remind_on": kept.remind_on}
    return describe_bookmark(kept, **given | changes)


def reminders(person) -> list[tuple[str, str]]:
    told = Notification.objects.of(person).filter(kind="reminder").order_by("pk")
    return list(told.values_list("title", "url"))


def test_bookmark_is_one_row_and_comes_back_as_it_was(ada, answer):
    kept = described(bookmark(answer, by=ada), note="Read again", collection="Exam")
    remove_bookmark(kept)
    assert list(Bookmark.objects.of(ada)) == []
    assert bookmark(answer, by=ada) == kept
    bookmark(answer.post, by=ada)
    facts = Bookmark.objects.of(ada).order_by("pk").values_list("post", "answer", "note", "collection")
    assert list(facts) == [(answer.post_id, answer.pk, "Read again", "Exam"), (answer.post_id, None, "", "")]


def test_collections_are_the_names_in_use(ada, bob, question, answer):
    first, second, theirs = bookmark(question, by=ada), bookmark(answer, by=ada), bookmark(question, by=bob)
    described(first, collection="Exam")
    described(theirs, collection="EXAM")
    assert described(second, collection="exam").collection == "Exam"
    rename_collection("Exam", by=ada, to="Summer")
    assert list(Bookmark.objects.order_by("pk").values_list("collection", flat=True)) == ["Summer", "Summer", "EXAM"]


@pytest.mark.parametrize(
    ("zone", "moment", "is_due"),
    [
        ("UTC", datetime(2026, 6, 9, 23, 59, tzinfo=UTC), False),
        ("UTC", datetime(2026, 6, 10, 0, 0, tzinfo=UTC), True),
        ("Pacific/Kiritimati", datetime(2026, 6, 9, 9, 59, tzinfo=UTC), False),
        ("Pacific/Kiritimati", datetime(2026, 6, 9, 10, 0, tzinfo=UTC), True),
        ("America/Los_Angeles", datetime(2026, 6, 10, 6, 59, tzinfo=UTC), False),
        ("America/Los_Angeles", datetime(2026, 6, 10, 7, 0, tzinfo=UTC), True),
    ],
)
def test_day_begins_where_the_owner_lives(ada, question, monkeypatch, zone, moment, is_due):
    User.objects.filter(pk=ada.pk).update(time_zone=zone)
    kept = described(bookmark(question, by=ada), remind_on=date(2026, 6, 10))
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert list(Bookmark.objects.due()) == [kept.pk] * is_due


def test_reminder_comes_once_and_again_for_another_day(ada, question, answer):
    today = timezone.now().date()
    for content in (question, answer):
        described(bookmark(content, by=ada), remind_on=today - timedelta(days=1))
    for _ in range(2):
        remind_of_bookmarks()
        remind(Bookmark.objects.first().pk)
    said = f"You wanted to come back to “{question.title}”"
    expected = [(said, question.permanent_url), (said, answer.get_absolute_url())]
    assert reminders(ada) == expected
    described(Bookmark.objects.get(answer=None), note="Later", remind_on=today)
    remind_of_bookmarks()
    assert reminders(ada) == [*expected, expected[0]]


def test_nothing_is_said_of_what_is_gone_removed_or_out_of_sight(ada, bob, otto, algebra, closed):
    deleted, removed, secret = (
        make_post(otto, algebra),
        make_post(otto, algebra, title="Another"),
        make_post(otto, closed),
    )
    hidden_answer = make_answer(otto, secret)
    for content in (deleted, removed, secret, hidden_answer):
        described(bookmark(content, by=bob), remind_on=date(2020, 1, 1))
    delete_post(deleted, by=otto)
    remove_bookmark(Bookmark.objects.get(post=removed))
    leave_community(closed, by=bob)
    remind_of_bookmarks()
    assert reminders(bob) == []


def test_removed_bookmark_can_be_brought_back_for_a_month(ada, question):
    kept = bookmark(question, by=ada)
    remove_bookmark(kept)
    forget_removed_bookmarks()
    restore_bookmark(kept)
    assert list(Bookmark.objects.of(ada)) == [kept]
    remove_bookmark(kept)
    long_ago = timezone.now() - timedelta(days=rules.REMOVED_BOOKMARK_DAYS, minutes=1)
    Bookmark.objects.update(removed_at=long_ago)
    forget_removed_bookmarks()
    assert not Bookmark.objects.exists()
