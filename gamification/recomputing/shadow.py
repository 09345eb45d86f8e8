"""What some people's days and scores ought to be, in tables of this connection alone.

The caps are windows over the entries of a member's month and dear, so they are asked only of months in which a sum is
above one of them; in all others each entry is worth what it says. Which months those are is asked only of those in
which so much was earned that one may be.
"""

from typing import Any

from django.db.backends.utils import CursorWrapper

from gamification import rules
from gamification.boards.scores import boards_for, due_on_boards, sums_of
from gamification.caps import NOW, counted
from gamification.dues import ENTRY_STANDS
from gamification.rules import RULES

TABLES = """
    CREATE TEMP TABLE IF NOT EXISTS shadow_day (
        user_id bigint, community_id bigint, utc_date date, raw integer, effective integer, reached_at timestamptz,
        gained integer, entries integer);
    CREATE TEMP TABLE IF NOT EXISTS shadow_sum (
        user_id bigint, community_id bigint, span text, start date, xp integer, reached_at timestamptz);
    CREATE TEMP TABLE IF NOT EXISTS shadow_score (
        board_id bigint, user_id bigint, xp integer, reached_at timestamptz, is_listed boolean);
    TRUNCATE shadow_day, shadow_sum, shadow_score
"""
_OF_PEOPLE = "user_id = ANY(%(people)s::bigint[]) AND status = 'posted'"
DAYS = f"""
    INSERT INTO shadow_day
    SELECT user_id, community_id, utc_date, sum(amount), sum(amount), max(occurred_at) FILTER (WHERE amount > 0),
           sum(amount) FILTER (WHERE amount > 0), count(*)
      FROM gamification_entry
     WHERE {_OF_PEOPLE} AND reversal_of_id IS NULL
       AND id NOT IN (SELECT reversal_of_id FROM gamification_entry WHERE {_OF_PEOPLE} AND reversal_of_id IS NOT NULL)
     GROUP BY user_id, utc_date, community_id
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
"""So few entries of one day are below every cap of a rule and of votes."""
CAPPED = f"""
    WITH busy AS MATERIALIZED (
        SELECT user_id, date_trunc('month', utc_date::timestamp)::date AS month
          FROM (SELECT user_id, utc_date, sum(entries) AS entries, sum(gained) AS gained
                  FROM shadow_day GROUP BY user_id, utc_date) day
         GROUP BY 1, 2
        HAVING max(entries) > {_NEVER_CAPPED} OR max(gained) > {rules.PAIR_A_DAY} OR sum(gained) > {rules.PAIR_A_MONTH}
    ),
    counted AS MATERIALIZED (
        SELECT entry.user_id, entry.actor_id, entry.rule, entry.amount, entry.utc_date, busy.month
          FROM busy
               JOIN gamification_entry entry
                 ON entry.user_id = busy.user_id AND entry.utc_date >= busy.month
                AND entry.utc_date < (busy.month + interval '1 month')::date
         WHERE entry.status = 'posted' AND {ENTRY_STANDS}
    )
    SELECT user_id, month FROM counted GROUP BY user_id, month, utc_date HAVING {_ABOVE_A_DAY}
     UNION
    SELECT user_id, month
      FROM (SELECT user_id, actor_id, month, sum(amount) AS xp FROM counted
             WHERE amount > 0 AND actor_id <> user_id GROUP BY user_id, actor_id, month, utc_date) pair
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
SUMS = f"INSERT INTO shadow_sum {sums_of('shadow_day')}"
_SUMS = "SELECT * FROM shadow_sum"
NEW_BOARDS = boards_for(_SUMS)
SCORES = f"INSERT INTO shadow_score {due_on_boards(_SUMS)}"


def fill_shadow(cursor: CursorWrapper, values: dict[str, Any]) -> None:
    """Of `values["people"]`; the boards must be there."""
    cursor.execute(TABLES)
    cursor.execute(DAYS, values)
    cursor.execute("ANALYZE shadow_day")
    cursor.execute(CAPPED)
    if capped := cursor.fetchall():
        touched, months = (list(column) for column in zip(*capped, strict=True))
        cursor.execute(CAPPED_DAYS, {"touched": touched, "months": months})


def fill_shadow_scores(cursor: CursorWrapper, values: dict[str, Any], *, is_trial: bool) -> None:
    """From the days in the shadow. A trial leaves boards that are missing as they are."""
    cursor.execute(SUMS, values)
    cursor.execute("ANALYZE shadow_sum")
    if not is_trial:
        cursor.execute(NEW_BOARDS)
    cursor.execute(SCORES, values)
    cursor.execute("ANALYZE shadow_score")
