"""Reminders: at the usual hour, when the day decides, never at night, and not to whom they tell nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from communities.models import Community
from gamification import rules
from gamification.models import Activity, Pause
from gamification.streaks.reminding import remind_at_their_hour
from notifications.models import Notification

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FRIDAY = datetime(2026, 3, 13, 16, 20, tzinfo=UTC)  # nothing was done this week: each day from now on counts
WEEK_KEPT = (4, 5, 6)  # days before it: Saturday to Monday


@pytest.fixture
def learner(bob: User, algebra: Community) -> User:
    """Lives in Berlin, learns at five in the afternoon there, and has kept the week before."""
    User.objects.filter(pk=bob.pk).update(time_zone="Europe/Berlin")
    act(bob, algebra, *(FRIDAY.replace(day=day) for day in (3, 4, 5)))
    return User.objects.get(pk=bob.pk)


def act(person: User, community: Community, *moments: datetime) -> None:
    begun = Activity.objects.count()
    Activity.objects.bulk_create(
        Activity(
            user=person,
            source_type="comment",
            source_id=-begun - number,
            community=community,
            at=moment,
            local_date=moment.date(),
        )
        for number, moment in enumerate(moments, 1)
    )


def told(*moments: datetime) -> list[str]:
    for moment in moments:
        remind_at_their_hour(moment)
        Notification.objects.filter(created_at__gt=moment).update(created_at=moment)
    return list(Notification.objects.order_by("pk").values_list("title", flat=True))


def test_reminder_comes_once_a_day_at_the_usual_hour_when_each_day_counts(learner):
    before = [FRIDAY - DAY, FRIDAY - HOUR, FRIDAY + HOUR]
    assert told(*before) == []
    assert told(FRIDAY, FRIDAY, FRIDAY + timedelta(minutes=20)) == ["Today keeps your week: 0 of 3 days are there."]
    assert Notification.objects.values_list("kind", "url").get() == ("rhythm", "/rhythm/")


def test_reminder_comes_to_all_who_were_active_lately_however_many_at_once(learner, ada, algebra, monkeypatch):
    monkeypatch.setattr(rules, "REMINDED_AT_ONCE", 1)
    act(ada, algebra, *(FRIDAY - DAY * number for number in (8, 9, 10)))
    remind_at_their_hour(FRIDAY)
    assert set(Notification.objects.values_list("recipient", flat=True)) == {learner.pk, ada.pk}


def test_reminder_stays_away_from_who_was_active_pauses_or_wants_quiet(learner, algebra):
    Pause.objects.create(user=learner, first=date(2026, 3, 13), last=date(2026, 3, 13))
    assert told(FRIDAY) == []
    Pause.objects.all().delete()
    User.objects.filter(pk=learner.pk).update(is_quiet=True)
    assert told(FRIDAY) == []
    User.objects.filter(pk=learner.pk).update(is_quiet=False)
    act(learner, algebra, FRIDAY - HOUR)
    assert told(FRIDAY) == []


def test_reminder_never_comes_at_night(bob, algebra):
    for hour, moment in ((1, 8), (22, 20)):
        Activity.objects.all().delete()
        act(bob, algebra, *(datetime(2026, 3, day, hour, tzinfo=UTC) for day in (4, 5, 6)))
        hours = [FRIDAY.replace(hour=hour) for hour in range(24)]
        told(*hours)
        assert Notification.objects.latest("pk").created_at.hour == moment
    assert Notification.objects.count() == 2


def test_long_daily_run_is_reminded_of_when_no_freeze_is_left(bob, algebra):
    days = [*range(1, 8), *range(10, 15)]  # two freezes stand in for the 8th and the 9th
    act(bob, algebra, *(datetime(2026, 3, day, 16, tzinfo=UTC) for day in days))
    sunday = datetime(2026, 3, 15, 16, tzinfo=UTC)
    assert told(sunday) == ["Today keeps your 12 days in a row."]
    Notification.objects.all().delete()
    Activity.objects.filter(local_date="2026-03-13").delete()
    assert told(sunday) == []  # one day in a row


def test_after_seven_that_nobody_read_there_is_silence(learner):
    days = [FRIDAY + DAY * number for number in range(9)]
    Notification.objects.bulk_create(
        Notification(recipient=learner, kind="rhythm", title=f"Reminder {n}", url="/rhythm/") for n in range(7)
    )
    Notification.objects.update(created_at=FRIDAY - DAY)
    assert len(told(*days)) == 7
    Notification.objects.filter(title="Reminder 6").update(read_at=FRIDAY)
    assert len(told(FRIDAY)) == 8
