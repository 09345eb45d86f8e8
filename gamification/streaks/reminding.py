"""Reminders: one sentence at the hour at which somebody usually learns, when this day would keep what they have."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.languages import Said
from accounts.models import User
from gamification import rules
from gamification.streaks.reading import days_of, history_of
from gamification.streaks.rhythm import Rhythm, rhythm
from notifications.actions import notify
from notifications.models import Kind, Notification

# Median of the hours on the wall at which they were active lately, moved out of the night.
_AT_THEIR_HOUR = """
    SELECT person.id,
           least(%(last_hour)s, greatest(%(first_hour)s, percentile_disc(0.5) WITHIN GROUP (
               ORDER BY extract(hour FROM act.at AT TIME ZONE person.time_zone))))
           = extract(hour FROM %(now)s::timestamptz AT TIME ZONE person.time_zone)
      FROM (SELECT person.id, person.time_zone FROM accounts_user person
             WHERE person.id > %(after)s AND person.is_active AND NOT person.is_quiet
               AND EXISTS (SELECT FROM gamification_activity act
                            WHERE act.user_id = person.id AND act.stands AND act.at > %(lately)s)
             ORDER BY person.id LIMIT %(at_once)s) person
           JOIN gamification_activity act ON act.user_id = person.id AND act.stands AND act.at > %(since)s
     GROUP BY person.id, person.time_zone ORDER BY person.id
"""


def remind_at_their_hour(now: datetime | None = None) -> None:
    """Whoever was active lately and usually learns at this hour. Once an hour; twice is once."""
    now = now or timezone.now()
    values: dict[str, Any] = {
        "now": now,
        "lately": now - rules.REMIND_WHO_ACTED_WITHIN,
        "since": now - rules.FLAME_LOOKS_BACK,
        "first_hour": rules.REMIND_FROM_HOUR,
        "last_hour": rules.REMIND_UNTIL_HOUR,
        "after": 0,
        "at_once": rules.REMINDED_AT_ONCE,
    }
    while some := _some(values):
        for pk, is_their_hour in some:
            if is_their_hour:
                remind(pk, now)
        values["after"] = some[-1][0]


def _some(values: dict[str, Any]) -> list[tuple[int, bool]]:
    """The next people, each with whether they usually learn at this hour."""
    with connection.cursor() as cursor:
        cursor.execute(_AT_THEIR_HOUR, values)
        rows: list[tuple[int, bool]] = cursor.fetchall()
    return rows


def remind(pk: int, now: datetime) -> None:
    """At most once a local day, and not after so many that nobody read. Locks the member, so two at once are one."""
    with transaction.atomic():
        for user in User.objects.filter(pk=pk).select_for_update(no_key=True):
            days = days_of(user)
            today = days.day_of(now)
            told = Notification.objects.of(user).filter(kind=Kind.RHYTHM).order_by("-pk")
            if told.filter(created_at__gte=days.begin_of(today)).exists() or _are_ignored(list(told[: rules.IGNORED])):
                return
            if said := _sentence(rhythm(history_of(user, days), today)):
                notify(user, Kind.RHYTHM, title=said, url=reverse("gamification:rhythm"))


def _are_ignored(told: list[Notification]) -> bool:
    return len(told) == rules.IGNORED and all(notification.read_at is None for notification in told)


def _sentence(seen: Rhythm) -> Said | None:
    """None when this day decides nothing: for the week while enough days are left after it."""
    if seen.is_paused or seen.is_active:
        return None
    if seen.left and seen.left >= seen.days_left and (seen.weeks or seen.done):
        words = {"done": seen.done, "needed": seen.needed}
        return Said(_("Today keeps your week: %(done)s of %(needed)s days are there."), words)
    if seen.days >= rules.RUN_WORTH_SAVING and not seen.freezes:
        return Said(_("Today keeps your %(days)s days in a row."), {"days": seen.days})
    return None
