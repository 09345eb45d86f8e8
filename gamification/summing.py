"""Days and sums, worked out from the ledger: caps are a matter of which entries stand, not of when they came.

Each month that an entry of somebody fell into is worked out anew. The caller holds the locks of the people.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from communities.models import Membership
from gamification import rules
from gamification.caps import NOW, counted
from outbox import enqueue
from prepared import planned_cursor

LEVEL = f"(1 + floor(sqrt(greatest(0, {{}}) / {rules.XP_OF_LEVEL_TWO})))::integer"

SUM_UP = f"""
    WITH {counted(NOW)},
    other_days AS (
        SELECT day.user_id, day.community_id, day.effective FROM gamification_dailyxp day
         WHERE day.user_id = ANY(%(people)s::bigint[])
           AND NOT EXISTS (SELECT FROM touched WHERE touched.user_id = day.user_id AND day.utc_date >= touched.month
                              AND day.utc_date < (touched.month + interval '1 month')::date)
        UNION ALL
        SELECT user_id, community_id, effective FROM days
    ),
    gone AS (
        DELETE FROM gamification_dailyxp day USING touched
         WHERE touched.user_id = day.user_id AND day.utc_date >= touched.month
           AND day.utc_date < (touched.month + interval '1 month')::date
           AND NOT EXISTS (SELECT FROM days WHERE days.user_id = day.user_id AND days.utc_date = day.utc_date
                              AND days.community_id IS NOT DISTINCT FROM day.community_id)
    ),
    written AS (
        INSERT INTO gamification_dailyxp AS day (user_id, community_id, utc_date, raw, effective, reached_at)
        SELECT user_id, community_id, utc_date, raw, effective, reached_at FROM days
            ON CONFLICT ON CONSTRAINT daily_xp_once
            DO UPDATE SET raw = excluded.raw, effective = excluded.effective, reached_at = excluded.reached_at
         WHERE (day.raw, day.effective, day.reached_at)
               IS DISTINCT FROM (excluded.raw, excluded.effective, excluded.reached_at)
    ),
    rescored AS (
        INSERT INTO gamification_rescore (user_id, since)
        SELECT people.id, CURRENT_TIMESTAMP FROM unnest(%(people)s::bigint[]) AS people (id)
            ON CONFLICT (user_id) DO UPDATE SET since = excluded.since
    ),
    people AS (
        UPDATE accounts_user person
           SET xp = summed.xp, level = greatest(person.level, {LEVEL.format("summed.xp")})
          FROM (SELECT people.id, coalesce(sum(other_days.effective), 0)::integer AS xp
                  FROM unnest(%(people)s::bigint[]) AS people (id)
                       LEFT JOIN other_days ON other_days.user_id = people.id
                 GROUP BY people.id) summed
         WHERE person.id = summed.id
           AND (person.xp <> summed.xp OR person.level < {LEVEL.format("summed.xp")})
    ),
    members AS (
        UPDATE communities_membership member
           SET xp = summed.xp, level = greatest(member.level, {LEVEL.format("summed.xp")})
          FROM (SELECT member.id, member.level AS was, coalesce(sum(other_days.effective), 0)::integer AS xp
                  FROM communities_membership member
                       LEFT JOIN other_days ON other_days.user_id = member.user_id
                                           AND other_days.community_id = member.community_id
                 WHERE member.user_id = ANY(%(people)s::bigint[])
                 GROUP BY member.id) summed
         WHERE member.id = summed.id
           AND (member.xp <> summed.xp OR member.level < {LEVEL.format("summed.xp")})
        RETURNING member.id, summed.was, member.level
    )
    SELECT id FROM members WHERE was < {rules.VOTES_COUNT_FROM_LEVEL} AND level >= {rules.VOTES_COUNT_FROM_LEVEL}
"""

SUM_UP_MEMBERSHIP = f"""
    UPDATE communities_membership member SET xp = earned.xp, level = {LEVEL.format("earned.xp")}
      FROM (SELECT coalesce(sum(effective), 0)::integer AS xp FROM gamification_dailyxp
             WHERE user_id = %(user)s::bigint AND community_id = %(community)s::bigint) earned
     WHERE member.id = %(membership)s::bigint
"""

_PEAK = """
    SELECT concerned.*, coalesce(max(run.xp), 0) AS xp
      FROM {concerned}
           LEFT JOIN LATERAL (
               SELECT sum(sum(day.effective)) OVER (ORDER BY day.utc_date) AS xp FROM gamification_dailyxp day
                WHERE day.user_id = concerned.user_id {of_these} GROUP BY day.utc_date) run ON true
     GROUP BY {each}
"""
"""The most that somebody ever had of what stands now: what is taken back is as if it had never come."""
LOWER = f"""
    UPDATE accounts_user person SET level = {LEVEL.format("peak.xp")}
      FROM ({
    _PEAK.format(concerned="unnest(%(people)s::bigint[]) AS concerned (user_id)", of_these="", each="concerned.user_id")
}) peak
     WHERE person.id = peak.user_id AND person.level > {LEVEL.format("peak.xp")}
 RETURNING person.id
"""
LOWER_THERE = f"""
    UPDATE communities_membership member SET level = {LEVEL.format("peak.xp")}
      FROM ({
    _PEAK.format(
        concerned="unnest(%(people)s::bigint[], %(communities)s::bigint[]) AS concerned (user_id, community_id)",
        of_these="AND day.community_id = concerned.community_id",
        each="concerned.user_id, concerned.community_id",
    )
}) peak
     WHERE (member.user_id, member.community_id) = (peak.user_id, peak.community_id)
       AND member.level > {LEVEL.format("peak.xp")}
 RETURNING member.user_id
"""


def sum_up(touched: Iterable[tuple[int, date]], *, also: Iterable[int] = ()) -> None:
    """Works out the months of these people and days anew, and the sums of these people and of `also`.

    Whose votes begin to count by this, theirs are released soon; and soon the leaderboards know it.
    """
    from gamification.tasks import refresh_scores, release_votes  # the tasks call back into this module

    months = sorted({(user, day.replace(day=1)) for user, day in touched})
    people = sorted({user for user, _ in months} | set(also))
    if not people:
        return
    values: dict[str, Any] = {
        "touched": [user for user, _ in months],
        "months": [month for _, month in months],
        "people": people,
    }
    with planned_cursor() as cursor:
        cursor.execute(SUM_UP, values)
        for (membership,) in cursor.fetchall():
            enqueue(release_votes, membership)
    for person in people:
        enqueue(refresh_scores, person)


def sum_up_membership(membership: Membership) -> None:
    """Gives one that is new the sum of the days that its member has there."""
    values = {"membership": membership.pk, "user": membership.user_id, "community": membership.community_id}
    with planned_cursor() as cursor:
        cursor.execute(SUM_UP_MEMBERSHIP, values)


def lower_levels(concerned: Iterable[tuple[int, int | None]]) -> set[int]:
    """After fraud, the one thing that takes a level away: altogether and in these communities of these people, it
    becomes the highest that they reached with what stands now. Returns whose level sank. Others stay untouched.
    """
    people = list(concerned)
    there = [(person, community) for person, community in people if community is not None]
    with planned_cursor() as cursor:
        cursor.execute(LOWER, {"people": [person for person, _community in people]})
        sunk = {person for (person,) in cursor.fetchall()}
        cursor.execute(
            LOWER_THERE,
            {
                "people": [person for person, _community in there],
                "communities": [community for _person, community in there],
            },
        )
        return sunk | {person for (person,) in cursor.fetchall()}
