"""What stands, held against the shadow: each kind of number is compared, and mended where it differs, as a set."""

from dataclasses import dataclass
from typing import Any

from django.db.backends.utils import CursorWrapper

from gamification.boards.scores import IS_OPEN
from gamification.summing import LEVEL

EXAMPLES = 20
"""Differences told of each kind and each slice of people; a rebuild of everything would tell millions."""


@dataclass(frozen=True)
class Kind:
    """`compare` asks for the name of each number that differs, what it is and what it ought to be; `mend` makes it so.

    What a mend leaves out is what nobody should stand on: rows that ought not to be there are deleted first.
    """

    compare: str
    mend: tuple[str, ...]


_SAME_DAY = """
    shadow.user_id = day.user_id AND shadow.utc_date = day.utc_date
    AND coalesce(shadow.community_id, 0) = coalesce(day.community_id, 0)
"""
_PEOPLE = "user_id = ANY(%(people)s::bigint[])"
_DAYS = Kind(
    f"""
    SELECT concat_ws(' ', 'day', coalesce(day.utc_date, shadow.utc_date), 'of member',
                     coalesce(day.user_id, shadow.user_id), 'in community',
                     coalesce(day.community_id, shadow.community_id, 0)),
           concat_ws(' ', day.raw, day.effective, day.reached_at),
           concat_ws(' ', shadow.raw, shadow.effective, shadow.reached_at)
      FROM (SELECT * FROM gamification_dailyxp WHERE {_PEOPLE}) day FULL JOIN shadow_day shadow ON {_SAME_DAY}
     WHERE (day.raw, day.effective, day.reached_at)
           IS DISTINCT FROM (shadow.raw, shadow.effective, shadow.reached_at)
    """,
    (
        f"""
        DELETE FROM gamification_dailyxp day
         WHERE {_PEOPLE} AND NOT EXISTS (SELECT FROM shadow_day shadow WHERE {_SAME_DAY})
        """,
        f"""
        UPDATE gamification_dailyxp day
           SET raw = shadow.raw, effective = shadow.effective, reached_at = shadow.reached_at
          FROM shadow_day shadow
         WHERE day.{_PEOPLE} AND {_SAME_DAY}
           AND (day.raw, day.effective, day.reached_at)
               IS DISTINCT FROM (shadow.raw, shadow.effective, shadow.reached_at)
        """,
        f"""
        INSERT INTO gamification_dailyxp (user_id, community_id, utc_date, raw, effective, reached_at)
        SELECT shadow.user_id, shadow.community_id, shadow.utc_date, shadow.raw, shadow.effective, shadow.reached_at
          FROM shadow_day shadow
         WHERE NOT EXISTS (SELECT FROM gamification_dailyxp day WHERE {_PEOPLE} AND {_SAME_DAY})
        """,
    ),
)
_XP_OF_MEMBERS = """
    SELECT person.id, person.xp, person.level, coalesce(shadow.xp, 0)::integer AS due
      FROM accounts_user person
           LEFT JOIN (SELECT user_id, sum(effective) AS xp FROM shadow_day GROUP BY user_id) shadow
                  ON shadow.user_id = person.id
     WHERE person.id = ANY(%(people)s::bigint[])
"""
_XP_OF_MEMBERSHIPS = f"""
    SELECT member.id, member.xp, member.level, coalesce(shadow.xp, 0)::integer AS due
      FROM communities_membership member
           LEFT JOIN (SELECT user_id, community_id, sum(effective) AS xp FROM shadow_day
                       GROUP BY user_id, community_id) shadow
                  ON shadow.user_id = member.user_id AND shadow.community_id = member.community_id
     WHERE member.{_PEOPLE}
"""


def _sums(noun: str, table: str, sums: str) -> Kind:
    level = LEVEL.format("sums.due")
    differs = f"sums.xp <> sums.due OR sums.level < {level}"
    return Kind(
        f"""
        SELECT concat_ws(' ', '{noun}', sums.id), concat_ws(' ', sums.xp, 'level', sums.level),
               concat_ws(' ', sums.due, 'level', greatest(sums.level, {level}))
          FROM ({sums}) sums WHERE {differs}
        """,
        (
            f"""
            UPDATE {table} SET xp = sums.due, level = greatest(sums.level, {level})
              FROM ({sums}) sums WHERE {table}.id = sums.id AND ({differs})
            """,
        ),
    )


_STANDING = f"""
    SELECT score.* FROM gamification_score score JOIN gamification_board board ON board.id = score.board_id
     WHERE score.{_PEOPLE} AND {IS_OPEN}
"""
_SAME_SCORE = "shadow.user_id = score.user_id AND shadow.board_id = score.board_id"
_DIFFERS = """
    (score.xp, score.reached_at, score.is_listed) IS DISTINCT FROM (shadow.xp, shadow.reached_at, shadow.is_listed)
"""
_SCORES = Kind(
    f"""
    SELECT concat_ws(' ', 'score of member', coalesce(score.user_id, shadow.user_id), 'on board',
                     coalesce(score.board_id, shadow.board_id)),
           concat_ws(' ', score.xp, score.reached_at, CASE WHEN NOT score.is_listed THEN 'unlisted' END),
           concat_ws(' ', shadow.xp, shadow.reached_at, CASE WHEN NOT shadow.is_listed THEN 'unlisted' END)
      FROM ({_STANDING}) score FULL JOIN shadow_score shadow ON {_SAME_SCORE}
     WHERE {_DIFFERS}
       AND NOT (%(is_trial)s::boolean AND EXISTS (SELECT FROM gamification_rescore late
                                                   WHERE late.user_id IN (score.user_id, shadow.user_id)))
    """,
    (
        f"""
        DELETE FROM gamification_score WHERE id IN (
            SELECT score.id FROM ({_STANDING}) score
             WHERE NOT EXISTS (SELECT FROM shadow_score shadow WHERE {_SAME_SCORE}))
        """,
        f"""
        INSERT INTO gamification_score AS score (board_id, user_id, xp, reached_at, is_listed)
        SELECT shadow.board_id, shadow.user_id, shadow.xp, shadow.reached_at, shadow.is_listed
          FROM shadow_score shadow LEFT JOIN ({_STANDING}) score ON {_SAME_SCORE}
         WHERE {_DIFFERS}
            ON CONFLICT (user_id, board_id)
            DO UPDATE SET xp = excluded.xp, reached_at = excluded.reached_at, is_listed = excluded.is_listed
        """,
    ),
)
OF_LEDGER = (
    _DAYS,
    _sums("member", "accounts_user", _XP_OF_MEMBERS),
    _sums("membership", "communities_membership", _XP_OF_MEMBERSHIPS),
)
OF_BOARDS = (_SCORES,)


@dataclass(frozen=True)
class Difference:
    """A number that stands, and what it ought to be; either may be nothing."""

    what: str
    was: str
    due: str

    def __str__(self) -> str:
        return f"{self.what}: {self.was or 'nothing'}, not {self.due or 'nothing'}"


def differences(cursor: CursorWrapper, kind: Kind, values: dict[str, Any]) -> list[Difference]:
    """The first of them."""
    cursor.execute(f"{kind.compare} LIMIT {EXAMPLES}", values)
    return [Difference(*row) for row in cursor.fetchall()]


def mend(cursor: CursorWrapper, kind: Kind, values: dict[str, Any]) -> int:
    """How many rows it changed."""
    changed = 0
    for statement in kind.mend:
        cursor.execute(statement, values)
        changed += cursor.rowcount
    return changed
