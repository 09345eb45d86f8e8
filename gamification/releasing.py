"""Votes of somebody new wait; they count once their voter is known better."""

from django.db import transaction
from django.utils import timezone

from gamification import rules
from gamification.dues import IS_IN_QUESTION, WAITS
from gamification.ledger import lock_people
from gamification.summing import sum_up
from prepared import planned_cursor

WAITS_STILL = f"(entry.rule <> 'A4' AND {WAITS})"
"""Accepting an answer never waits for who does it."""
RELEASE = f"""
    UPDATE gamification_entry SET status = 'posted'
     WHERE id IN (
         SELECT entry.id FROM gamification_entry entry
                JOIN accounts_user voter ON voter.id = entry.actor_id
                JOIN communities_community community ON community.id = entry.community_id
                LEFT JOIN communities_membership member
                  ON member.user_id = entry.actor_id AND member.community_id = entry.community_id
          WHERE entry.status = 'held' AND NOT {WAITS_STILL} AND NOT {IS_IN_QUESTION.format("entry")}
            AND (%(membership)s::bigint IS NULL OR member.id = %(membership)s::bigint)
          ORDER BY entry.id LIMIT {rules.RELEASED_AT_ONCE} FOR NO KEY UPDATE OF entry SKIP LOCKED)
 RETURNING user_id, utc_date
"""


def release(membership: int | None = None) -> None:
    """Lets count what waited, of this member or of all whose time has come. Idempotent."""
    while _release_some(membership) == rules.RELEASED_AT_ONCE:
        pass


def _release_some(membership: int | None) -> int:
    values = {"now": timezone.now(), "membership": membership}
    with transaction.atomic():
        with planned_cursor() as cursor:
            cursor.execute(RELEASE, values)
            released = cursor.fetchall()
        lock_people(user for user, _ in released)
        sum_up(released)
    return len(released)
