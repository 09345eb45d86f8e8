"""Whom the night looks after, some at a time."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import User
from gamification import rules
from gamification.slicing import slices_of

_TONIGHT = f"""
    SELECT person.id FROM accounts_user person
     WHERE person.id > %(last)s AND person.is_active
       AND (person.id %% {rules.NIGHTS} = %(part)s
            OR EXISTS (SELECT FROM gamification_activity act WHERE act.user_id = person.id AND act.at >= %(since)s)
            OR (SELECT entry.written_at FROM gamification_entry entry WHERE entry.user_id = person.id
                 ORDER BY entry.id DESC LIMIT 1) >= %(since)s)
     ORDER BY person.id LIMIT %(at_once)s
"""


def people_tonight(now: datetime | None = None) -> Iterator[list[int]]:
    """Who did or got something of late, for whom a worker may have been away; and a part of all others each night."""
    now = now or timezone.now()
    values: dict[str, Any] = {
        "since": now - rules.NIGHT_LOOKS_BACK,
        "part": now.date().toordinal() % rules.NIGHTS,
        "last": 0,
        "at_once": rules.NIGHTLY_AT_ONCE,
    }
    while some := _some(values):
        yield some
        values["last"] = some[-1]


def everybody() -> Iterator[list[int]]:
    return slices_of(User.objects.active(), rules.NIGHTLY_AT_ONCE)


def _some(values: dict[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_TONIGHT, values)
        return [pk for (pk,) in cursor.fetchall()]
