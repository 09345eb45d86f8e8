"""Days and sums, worked out from the ledger: caps are a matter of which entries stand, not of when they came.

Each month that an entry of somebody fell into is worked out anew. The caller holds the locks of the people.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from gamification import rules
from gamification.rules import RULES
from outbox import enqueue
from prepared import planned_cursor

_RULES = ", ".join(
    f"('{rule.key}', {str(rule.is_soft).lower()}, {'NULL::integer' if rule.xp_a_day is None else rule.xp_a_day})"
    for rule in RULES.values()
)
_IS_PAIRED = "actor_id IS NOT NULL AND actor_id <> user_id"
LEVEL = f"(1 + floor(sqrt(greatest(0, {{}}) / {rules.XP_OF_LEVEL_TWO})))::integer"


def _capped(source: str, most: str, *, where: str, among: str) -> str:
    """Of the positive entries of `source` that are `among` each other, in their order, as much as `most` leaves room
    for; the others stay as they are.
    """
    return f"""
        SELECT place, user_id, community_id, utc_date, month, rule, actor_id, occurred_at, is_soft, a_day,
               amount, CASE WHEN {where} AND worth > 0 THEN least({most}, run) - least({most}, run - worth)
                            ELSE worth END AS worth
          FROM (SELECT *, coalesce(sum(worth) FILTER (WHERE {where} AND worth > 0)
                                   OVER (PARTITION BY {among} ORDER BY place), 0)::integer AS run
                  FROM {source}) AS running
    """


COUNTED = f"""
    touched AS (
        SELECT DISTINCT * FROM unnest(%(touched)s::bigint[], %(months)s::date[]) AS touched (user_id, month)
    ),
    rule (rule, is_soft, a_day) AS (VALUES {_RULES}),
    counted AS (
        SELECT row_number() OVER (PARTITION BY entry.user_id ORDER BY entry.occurred_at, entry.rule, entry.source_type,
                                  entry.source_id, entry.actor_id) AS place,
               entry.user_id, entry.community_id, entry.utc_date, touched.month, entry.rule, entry.actor_id,
               entry.occurred_at, rule.is_soft, rule.a_day, entry.amount::integer, entry.amount::integer AS worth
          FROM touched
               JOIN gamification_entry entry
                 ON entry.user_id = touched.user_id AND entry.utc_date >= touched.month
                AND entry.utc_date < (touched.month + interval '1 month')::date
               JOIN rule ON rule.rule = entry.rule
         WHERE entry.status = 'posted' AND entry.reversal_of_id IS NULL
           AND NOT EXISTS (SELECT FROM gamification_entry back WHERE back.reversal_of_id = entry.id)
    ),
    by_rule AS ({_capped("counted", "a_day", where="a_day IS NOT NULL", among="user_id, utc_date, rule")}),
    by_pair AS ({_capped("by_rule", str(rules.PAIR_A_DAY), where=_IS_PAIRED, among="user_id, actor_id, utc_date")}),
    by_month AS ({_capped("by_pair", str(rules.PAIR_A_MONTH), where=_IS_PAIRED, among="user_id, actor_id, month")}),
    by_day AS ({_capped("by_month", str(rules.SOFT_A_DAY), where="is_soft", among="user_id, utc_date")}),
    days AS (
        SELECT user_id, community_id, utc_date, sum(amount)::integer AS raw, sum(worth)::integer AS effective,
               max(occurred_at) FILTER (WHERE worth > 0) AS reached_at
          FROM by_day GROUP BY user_id, community_id, utc_date
    )
"""
"""Rule by rule, then between two people, then votes of a day. Begins a WITH; `by_day` has what each entry is worth."""

SUM_UP = f"""
    WITH {COUNTED},
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

LOWER = f"""
    UPDATE {{table}} SET level = {LEVEL.format("xp")}
     WHERE {{key}} = ANY(%s::bigint[]) AND level > {LEVEL.format("xp")}
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


def lower_levels(people: Iterable[int]) -> None:
    """Makes their levels be what their XP are worth now: after fraud, the one thing that takes a level away."""
    concerned = list(people)
    with planned_cursor() as cursor:
        for table, key in (("accounts_user", "id"), ("communities_membership", "user_id")):
            cursor.execute(LOWER.format(table=table, key=key), [concerned])
