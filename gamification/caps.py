"""What each entry is worth after all caps, as SQL: under the rules of now, or under others.

Rule by rule, then between two people, then votes of a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gamification import rules
from gamification.dues import ENTRY_STANDS
from gamification.rules import RULES, Rule

_IS_PAIRED = "actor_id IS NOT NULL AND actor_id <> user_id"


@dataclass(frozen=True)
class Numbers:
    """`amounts`: what an entry of this rule and amount is worth instead."""

    known: Mapping[str, Rule] = field(default_factory=lambda: RULES)
    soft_a_day: int = rules.SOFT_A_DAY
    pair_a_day: int = rules.PAIR_A_DAY
    pair_a_month: int = rules.PAIR_A_MONTH
    amounts: Mapping[tuple[str, int], int] = field(default_factory=dict)


NOW = Numbers()


def counted(numbers: Numbers) -> str:
    """Begins a WITH over `touched` people and `months`: `by_day` has what each entry is worth, `days` their sums."""
    pair_a_day, pair_a_month, soft_a_day = map(str, (numbers.pair_a_day, numbers.pair_a_month, numbers.soft_a_day))
    amount = _amount(numbers.amounts)
    return f"""
    touched AS (
        SELECT DISTINCT * FROM unnest(%(touched)s::bigint[], %(months)s::date[]) AS touched (user_id, month)
    ),
    rule (rule, is_soft, a_day) AS (VALUES {_rows(numbers.known)}),
    counted AS (
        SELECT row_number() OVER (PARTITION BY entry.user_id ORDER BY entry.occurred_at, entry.rule, entry.source_type,
                                  entry.source_id, entry.actor_id) AS place,
               entry.user_id, entry.community_id, entry.utc_date, touched.month, entry.rule, entry.actor_id,
               entry.occurred_at, rule.is_soft, rule.a_day, {amount} AS amount, {amount} AS worth
          FROM touched
               JOIN gamification_entry entry
                 ON entry.user_id = touched.user_id AND entry.utc_date >= touched.month
                AND entry.utc_date < (touched.month + interval '1 month')::date
               JOIN rule ON rule.rule = entry.rule
         WHERE entry.status = 'posted' AND {ENTRY_STANDS}
    ),
    by_rule AS ({_capped("counted", "a_day", where="a_day IS NOT NULL", among="user_id, utc_date, rule")}),
    by_pair AS ({_capped("by_rule", pair_a_day, where=_IS_PAIRED, among="user_id, actor_id, utc_date")}),
    by_month AS ({_capped("by_pair", pair_a_month, where=_IS_PAIRED, among="user_id, actor_id, month")}),
    by_day AS ({_capped("by_month", soft_a_day, where="is_soft", among="user_id, utc_date")}),
    days AS (
        SELECT user_id, community_id, utc_date, sum(amount)::integer AS raw, sum(worth)::integer AS effective,
               max(occurred_at) FILTER (WHERE worth > 0) AS reached_at
          FROM by_day GROUP BY user_id, community_id, utc_date
    )
"""


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


def _rows(of: Mapping[str, Rule]) -> str:
    return ", ".join(
        f"('{rule.key}', {str(rule.is_soft).lower()}, {'NULL::integer' if rule.xp_a_day is None else rule.xp_a_day})"
        for rule in of.values()
    )


def _amount(amounts: Mapping[tuple[str, int], int]) -> str:
    if not amounts:
        return "entry.amount::integer"
    cases = " ".join(
        f"WHEN entry.rule = '{rule}' AND entry.amount = {was} THEN {now}" for (rule, was), now in amounts.items()
    )
    return f"(CASE {cases} ELSE entry.amount END)::integer"
