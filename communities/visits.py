"""Notes that a member reads a post or looks at a list: one statement each, which also tells when they last did."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from communities import rules
from communities.models import Membership, Post
from prepared import planned_cursor

# A visit lost in a crash harms nobody, so the page does not wait for the disk.
NOTE = """
    WITH visit AS (
        INSERT INTO communities_visit AS before (membership_id, post_id, read_at)
        VALUES (%(membership)s, %(post)s, %(now)s)
        ON CONFLICT ON CONSTRAINT visit_once DO UPDATE SET read_at = excluded.read_at
         WHERE before.read_at <= excluded.read_at - interval '1 minute'
    ), attendance AS (
        INSERT INTO communities_attendance AS before (membership_id, day, minutes, seen_at)
        VALUES (%(membership)s, %(day)s, 1, %(now)s)
        ON CONFLICT ON CONSTRAINT attendance_once
        DO UPDATE SET minutes = before.minutes + 1, seen_at = excluded.seen_at
         WHERE before.seen_at <= excluded.seen_at - interval '1 minute'
    )
    SELECT (SELECT read_at FROM communities_visit WHERE membership_id = %(membership)s AND post_id = %(post)s),
           set_config('synchronous_commit', 'off', true)
"""


LOOK = """
    UPDATE communities_membership
       SET new_since = CASE WHEN looked_at < %(visit_before)s THEN looked_at ELSE new_since END, looked_at = %(now)s
     WHERE id = %(membership)s
 RETURNING new_since, set_config('synchronous_commit', 'off', true)
"""


LOOK_AT_ALL = """
    WITH looks AS (
        UPDATE communities_membership
           SET new_since = CASE WHEN looked_at < %(visit_before)s THEN looked_at ELSE new_since END, looked_at = %(now)s
         WHERE id IN (SELECT id FROM communities_membership WHERE user_id = %(user)s ORDER BY id FOR NO KEY UPDATE)
     RETURNING new_since
    )
    SELECT min(new_since), set_config('synchronous_commit', 'off', true) FROM looks
"""


def note_look(me: Membership) -> datetime | None:
    """They look at the list of posts: since when it is new to them, None when they were never here before."""
    return _looked(LOOK, {"membership": me.pk})


def note_looks(person: User) -> datetime | None:
    """They look at the list of all their communities: since when something there is new to them."""
    return _looked(LOOK_AT_ALL, {"user": person.pk})


def _looked(statement: str, whose: dict[str, Any]) -> datetime | None:
    now = timezone.now()
    with planned_cursor() as cursor:
        cursor.execute(statement, whose | {"now": now, "visit_before": now - rules.NEW_VISIT_AFTER})
        new_since: datetime | None = cursor.fetchone()[0]
    return new_since


def note_visit(me: Membership, post: Post) -> datetime | None:
    """When they read it before, None for the first time. Within a minute nothing is written again."""
    now = timezone.now()
    with planned_cursor() as cursor:
        cursor.execute(NOTE, {"membership": me.pk, "post": post.pk, "now": now, "day": now.date()})
        before: datetime | None = cursor.fetchone()[0]
    return before
