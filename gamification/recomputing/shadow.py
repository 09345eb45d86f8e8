"""What some people's days and scores ought to be, in tables of this connection alone.

The caps are windows over the entries of a member's month and dear, so they are asked only of months in which a sum is
above one of them; in all others each entry is worth what it says.
"""

from typing import Any

from django.db.backends.utils import CursorWrapper

from gamification import rules
from gamification.boards.scores import boards_for, due_on_boards, sums_of
from gamification.caps import NOW, counted
from gamification.rules import RULES

TABLES = """
    CREATE TEMP TABLE IF NOT EXISTS shadow_entry (
        user_id bigint, community_id bigint, actor_id bigint, rule text, amount integer, utc_date date,
        occurred_at timestamptz);
    CREATE TEMP TABLE IF NOT EXISTS shadow_day (
        user_id bigint, community_id bigint, utc_date date, raw integer, effective integer, reached_at timestamptz,
        entries integer);
    CREATE TEMP TABLE IF NOT EXISTS shadow_score (
        board_id bigint, user_id bigint, xp integer, reached_at timestamptz, is_listed boolean);
    TRUNCATE shadow_entry, shadow_day, shadow_score
"""
ENTRIES = """
    INSERT INTO shadow_entry
    WITH mine AS MATERIALIZED (
        SELECT id, reversal_of_id, status, user_id, community_id, actor_id, rule, amount, utc_date, occurred_at
          FROM gamification_entry WHERE user_id = ANY(%(people)s::bigint[])
    )
    SELECT user_id, community_id, actor_id, rule, amount, utc_date, occurred_at
      FROM mine
     WHERE status = 'posted' AND reversal_of_id IS NULL
       AND id NOT IN (SELECT reversal_of_id FROM mine WHERE reversal_of_id IS NOT NULL)
"""
DAYS = """
    INSERT INTO shadow_day
    SELECT user_id, community_id, utc_date, sum(amount), sum(amount), max(occurred_at) FILTER (WHERE amount > 0),
           count(*)
      FROM shadow_entry GROUP BY user_id, community_id, utc_date
"""
_DAILY = [rule for rule in RULES.values() if rule.xp_a_day is not None]
_SOFT = [rule for rule in RULES.values() if rule.is_soft]
_ABOVE_A_DAY = " OR ".join(
    [f"sum(amount) FILTER (WHERE amount > 0 AND rule = '{rule.key}') > {rule.xp_a_day}" for rule in _DAILY]
    + [
        "sum(amount) FILTER (WHERE amount > 0 AND rule IN ("
        + ", ".join(f"'{rule.key}'" for rule in _SOFT)
        + f")) > {rules.SOFT_A_DAY}"
    ]
)
_NEVER_CAPPED = min([*(rule.times_a_day or 0 for rule in _DAILY), rules.SOFT_A_DAY // max(rule.xp for rule in _SOFT)])
"""So few entries of one day are below every cap of a day."""
CAPPED = f"""
    SELECT user_id, date_trunc('month', utc_date::timestamp)::date AS month
      FROM shadow_entry JOIN (SELECT user_id, utc_date FROM shadow_day GROUP BY user_id, utc_date
                              HAVING sum(entries) > {_NEVER_CAPPED}) busy USING (user_id, utc_date)
     GROUP BY user_id, utc_date HAVING {_ABOVE_A_DAY}
     UNION
    SELECT user_id, month
      FROM (SELECT user_id, actor_id, date_trunc('month', utc_date::timestamp)::date AS month, sum(amount) AS xp
              FROM shadow_entry JOIN (SELECT user_id, actor_id FROM shadow_entry
                                       WHERE amount > 0 AND actor_id <> user_id GROUP BY user_id, actor_id
                                      HAVING sum(amount) > {rules.PAIR_A_DAY}) close USING (user_id, actor_id)
             WHERE amount > 0 GROUP BY user_id, actor_id, utc_date) pair
     GROUP BY user_id, actor_id, month HAVING max(xp) > {rules.PAIR_A_DAY} OR sum(xp) > {rules.PAIR_A_MONTH}
"""
CAPPED_DAYS = f"""
    WITH {counted(NOW)},
    gone AS (
        DELETE FROM shadow_day day USING touched
         WHERE touched.user_id = day.user_id AND date_trunc('month', day.utc_date::timestamp)::date = touched.month
    )
    INSERT INTO shadow_day SELECT user_id, community_id, utc_date, raw, effective, reached_at FROM days
"""
NEW_BOARDS = boards_for(sums_of("shadow_day"))
SCORES = f"INSERT INTO shadow_score {due_on_boards(sums_of('shadow_day'))}"


def fill_shadow(cursor: CursorWrapper, values: dict[str, Any]) -> None:
    """Of `values["people"]`; the boards must be there."""
    cursor.execute(TABLES)
    cursor.execute(ENTRIES, values)
    cursor.execute("ANALYZE shadow_entry")
    cursor.execute(DAYS)
    cursor.execute(CAPPED)
    if capped := cursor.fetchall():
        touched, months = (list(column) for column in zip(*capped, strict=True))
        cursor.execute(CAPPED_DAYS, {"touched": touched, "months": months})
    cursor.execute("ANALYZE shadow_day")


def fill_shadow_scores(cursor: CursorWrapper, values: dict[str, Any], *, is_trial: bool) -> None:
    """From the days in the shadow. A trial leaves boards that are missing as they are."""
    if not is_trial:
        cursor.execute(NEW_BOARDS, values)
    cursor.execute(SCORES, values)
    cursor.execute("ANALYZE shadow_score")
