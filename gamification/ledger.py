"""The ledger: makes what stands be what is due, and sums it up. The only place that writes XP.

`settle` runs in the transaction of its cause, whose texts are locked. It compares what is due (`dues`) with the
entries that stand, writes what is missing and reverses what is too much: so it may run twice, and in any order.
Then it locks the people concerned, in the order of their ids, and works out their days and sums.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from gamification import dues, rules, summing
from gamification.dues import COLUMNS
from prepared import planned_cursor

# Accepted once more, after it was rewritten, an answer keeps the moment of the first time.
_SAME = """
    due.rule = entry.rule AND due.source_type = entry.source_type AND due.source_id = entry.source_id
    AND due.user_id = entry.user_id AND due.actor_id IS NOT DISTINCT FROM entry.actor_id
    AND due.community_id IS NOT DISTINCT FROM entry.community_id
    AND (due.occurred_at = entry.occurred_at OR due.rule IN ('A4', 'A5'))
    AND (due.amount = entry.amount OR entry.rule_version <> %(version)s)
"""
_IS_VOID = """
    EXISTS (SELECT FROM gamification_entry void
             WHERE void.source_type = due.source_type AND void.source_id = due.source_id AND void.rule = due.rule
               AND void.actor_id = due.actor_id AND void.user_id = due.user_id AND void.status = 'void')
"""
"""A person decided that it never counts: neither does the same once more."""
_GIVEN = ", ".join(f"'{key}'" for key in rules.GIVEN)
_IS_IN_QUESTION = f"(due.rule IN ({_GIVEN}) AND {dues.IS_IN_QUESTION.format('due')})"
SETTLE = f"""
    WITH due ({COLUMNS}) AS ({{due}}),
    standing AS ({{standing}}),
    written AS (
        INSERT INTO gamification_entry (
            user_id, community_id, actor_id, rule, rule_version, amount, source_type, source_id, idempotency_key,
            reversal_of_id, status, occurred_at, utc_date, local_date, written_at)
        SELECT due.user_id, due.community_id, due.actor_id, due.rule, %(version)s, due.amount,
               due.source_type, due.source_id,
               concat_ws(':', due.rule, due.source_type || '-' || due.source_id, coalesce(due.actor_id, 0), due.user_id,
                   (SELECT 1 + count(*) FROM gamification_entry before
                    WHERE before.source_type = due.source_type AND before.source_id = due.source_id
                      AND before.rule = due.rule AND before.actor_id IS NOT DISTINCT FROM due.actor_id
                      AND before.user_id = due.user_id AND before.reversal_of_id IS NULL)),
               NULL::bigint, CASE WHEN due.is_held OR {_IS_IN_QUESTION} THEN 'held' ELSE 'posted' END,
               due.occurred_at, (due.occurred_at AT TIME ZONE 'UTC')::date,
               coalesce(due.local_date, (due.occurred_at AT TIME ZONE person.time_zone
                   - interval '{int(rules.DAY_START.total_seconds())} seconds')::date),
               %(now)s
          FROM due JOIN accounts_user person ON person.id = due.user_id
         WHERE due.begins AND NOT EXISTS (SELECT FROM standing entry WHERE {_SAME})
           AND NOT {_IS_VOID}
        UNION ALL
        SELECT entry.user_id, entry.community_id, entry.actor_id, entry.rule, entry.rule_version, -entry.amount,
               entry.source_type, entry.source_id, entry.idempotency_key || ':reversed',
               entry.id, entry.status, entry.occurred_at, entry.utc_date, entry.local_date, %(now)s
          FROM standing entry
         WHERE NOT EXISTS (SELECT FROM due WHERE {_SAME})
        ON CONFLICT DO NOTHING
        RETURNING user_id, rule, source_type, source_id, amount, utc_date, local_date, reversal_of_id IS NOT NULL
    )
    SELECT written.* FROM written JOIN accounts_user person ON person.id = written.user_id
     ORDER BY person.id FOR NO KEY UPDATE OF person
"""


def _written(questions: Sequence[str], *standing: str) -> str:
    """The statement that makes stand what these questions say is due, among these entries and no others."""
    stand = " UNION ALL ".join(
        f"SELECT entry.* FROM gamification_entry entry WHERE {of} AND {dues.ENTRY_STANDS}" for of in standing
    )
    return SETTLE.format(due=" UNION ALL ".join(f"({question})" for question in questions), standing=stand)


def _of(source: str, ids: str, *keys: str) -> str:
    among = ", ".join(f"'{key}'" for key in keys)
    return f"entry.source_type = '{source}' AND entry.source_id = ANY({ids}) AND entry.rule IN ({among})"


_POSTS, _ANSWERS, _QUESTIONS = "%(posts)s::bigint[]", "%(answers)s::bigint[]", "%(questions)s::bigint[]"
_BY_VOTER = " AND (%(voter)s::bigint IS NULL OR entry.actor_id = %(voter)s::bigint)"
_VOTED = (
    _of("post", _POSTS, "Q2") + _BY_VOTER,
    _of("post", _POSTS, "Q3"),
    _of("answer", _ANSWERS, "A2") + _BY_VOTER,
    _of("answer", _ANSWERS, "A3"),
)
_RESCUED = _of("post", _QUESTIONS, "A5")
_ACCEPTED = _of(
    "answer", f"ARRAY(SELECT answer.id FROM communities_answer answer WHERE answer.post_id = ANY({_QUESTIONS}))", "A4"
)
_STOOD = (_of("post", _POSTS, "Q1"), _of("answer", _ANSWERS, "A1"))
_EDITED = _of(
    "suggestion",
    "ARRAY(SELECT edit.id FROM communities_suggestion edit WHERE edit.post_id = ANY(%(edited)s::bigint[]))",
    "E1",
)
_FILLED = """
    entry.rule = 'T1' AND (entry.user_id, entry.local_date) IN
        (SELECT * FROM unnest(%(people)s::bigint[], %(days)s::date[]))
"""

_KEPT = """
    entry.rule = 'T2' AND (entry.user_id, entry.source_id) IN
        (SELECT week.user_id, to_char(week.week, 'YYYYMMDD')::bigint
           FROM unnest(%(people)s::bigint[], %(weeks)s::date[]) AS week (user_id, week))
"""

VOTES = _written(dues.BY_VOTES, *_VOTED, _RESCUED)
ACCEPTANCES = _written(dues.BY_ACCEPTING, _ACCEPTED, _RESCUED)
STANDING = _written(dues.BY_STANDING, *_STOOD)
EDITS = _written(dues.BY_EDITING, _EDITED)
EVERYTHING = _written(
    [*dues.BY_VOTES, dues.BY_ACCEPTING[0], *dues.BY_STANDING, *dues.BY_EDITING],
    *(*_VOTED, _RESCUED, _ACCEPTED, *_STOOD, _EDITED),
)
AWARDS = _written(dues.BY_AWARDS, _of("award", "%(awards)s::bigint[]", "B1"))
DAYS = _written(dues.BY_DAYS, _FILLED)
WEEKS = _written(dues.BY_WEEKS, _KEPT)


@dataclass(frozen=True)
class Change:
    """One entry that was written; `is_reversal` when it takes another back."""

    user: int
    rule: str
    source_type: str
    source_id: int
    amount: int
    utc_date: date
    local_date: date
    is_reversal: bool

    def __str__(self) -> str:
        return f"{self.amount:+d} {self.rule} {self.source_type} {self.source_id}: member {self.user}"


@dataclass(frozen=True)
class Scope:
    """Whose entries are compared: of these texts by their ids; of answers to these questions who was accepted and who
    rescued it; edits of these posts. `voter`: of the up votes only theirs.
    """

    posts: Collection[int] = ()
    answers: Collection[int] = ()
    questions: Collection[int] = ()
    edited: Collection[int] = ()
    awards: Collection[int] = ()
    voter: int | None = None


def settle(statement: str, scope: Scope, *, days: Collection[tuple[int, date]] = ()) -> list[Change]:
    """Makes what stands in this scope be what is due, and the sums of all concerned what stands. Idempotent.

    `days` are those of people on which activities came or went. The caller holds the locks of the texts, and where
    there are `days` those of all people concerned. Returns what it wrote.
    """
    changes = _write(
        statement,
        {
            "posts": list(scope.posts),
            "answers": list(scope.answers),
            "questions": list(scope.questions),
            "edited": list(scope.edited),
            "awards": list(scope.awards),
            "voter": scope.voter,
        },
    )
    changes += _fill({*days, *((change.user, change.local_date) for change in changes if change.rule in rules.ACTS)})
    summing.sum_up((change.user, change.utc_date) for change in changes)
    return changes


def settle_days(days: Collection[tuple[int, date]]) -> list[Change]:
    """The same for days of people, and their weeks."""
    lock_people(user for user, _ in days)
    changes = _fill(days)
    summing.sum_up((change.user, change.utc_date) for change in changes)
    return changes


def _fill(days: Collection[tuple[int, date]]) -> list[Change]:
    """Days first, weeks after them: a week is made of days. Their people are locked, so nobody fills them meanwhile."""
    if not days:
        return []
    people, dates = map(list, zip(*sorted(days), strict=True))
    changes = _write(DAYS, {"people": people, "days": dates})
    return changes + _keep({(change.user, monday_of(change.local_date)) for change in changes})


def _keep(weeks: Collection[tuple[int, date]]) -> list[Change]:
    if not weeks:
        return []
    people, mondays = map(list, zip(*sorted(weeks), strict=True))
    return _write(WEEKS, {"people": people, "weeks": mondays})


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def lock_people(people: Iterable[int]) -> None:
    """Whoever writes sums does so first."""
    lock_rows(User, set(people))


def lock_rows(model: type[Model], pks: Collection[int]) -> None:
    """In the order of their ids, until the transaction ends."""
    rows = model._base_manager.filter(pk__in=pks).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def _write(statement: str, values: Mapping[str, Any]) -> list[Change]:
    with planned_cursor() as cursor:
        cursor.execute(statement, {**values, "version": rules.VERSION, "now": timezone.now()})
        return [Change(*row) for row in cursor.fetchall()]
