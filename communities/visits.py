"""Notes that a member reads a post or looks at a list: one statement each, which also tells when they last did."""

from datetime import datetime
from typing import Any

from django.utils import timezone

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


def note_look(me: Membership) -> datetime | None:
    """They look at the list of posts: since when it is new to them, None when they were never here before."""
    now = timezone.now()
    with planned_cursor() as cursor:
        values: dict[str, Any] = {"membership": me.pk, "now": now, "visit_before": now - rules.NEW_VISIT_AFTER}
        cursor.execute(LOOK, values)
        new_since: datetime | None = cursor.fetchone()[0]
    return new_since


def note_visit(me: Membership, post: Post) -> datetime | None:
    """When they read it before, None for the first time. Within a minute nothing is written again."""
    now = timezone.now()
    with planned_cursor() as cursor:
        cursor.execute(NOTE, {"membership": me.pk, "post": post.pk, "now": now, "day": now.date()})
        before: datetime | None = cursor.fetchone()[0]
    return before
