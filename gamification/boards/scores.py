"""What each member has on each open leaderboard, worked out from their days.

A board is open for a while after its week or month ended (`BOARD_STAYS_OPEN`); then its XP are what they were. Who is
listed is kept in step on all of them.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gamification.boards.times import first_open
from gamification.models import Board, Rescore, ShownAs, Span
from prepared import planned_cursor

_SUMS = "sum(xp)::integer AS xp, max(reached_at)"
_GROUPS = """
    GROUP BY GROUPING SETS ((user_id, start, community_id), (user_id, start))
    HAVING sum(xp) > 0 AND (GROUPING(community_id) = 1 OR community_id IS NOT NULL)
"""


def _of_span(span: Span, days: str, start: str, where: str) -> str:
    return f"""
        SELECT user_id, community_id, '{span.value}' AS span, start, {_SUMS} AS reached_at
          FROM (SELECT user_id, community_id, {start} AS start, sum(effective) AS xp,
                       coalesce(max(reached_at), max(utc_date)::timestamp AT TIME ZONE 'UTC') AS reached_at
                  FROM {days} day WHERE {where} GROUP BY 1, 2, 3) day
        {_GROUPS}
    """


def sums_of(days: str) -> str:
    """Question: what the days in this table come to on each open board: of one community, and of all together."""
    return " UNION ALL ".join(
        (
            _of_span(
                Span.WEEK, days, "date_trunc('week', utc_date::timestamp)::date", "utc_date >= %(first_week)s::date"
            ),
            _of_span(
                Span.MONTH, days, "date_trunc('month', utc_date::timestamp)::date", "utc_date >= %(first_month)s::date"
            ),
            _of_span(Span.ALL, days, "NULL::date", "true"),
        )
    )


IS_LISTED = f"""
    person.is_active AND NOT person.is_quiet AND (person.origin_url IS NULL OR person.last_login IS NOT NULL)
    AND coalesce(player.shown_as, '') IN ('{ShownAs.NAME.value}', '{ShownAs.PSEUDONYM.value}')
    AND (board.community_id IS NULL OR member.id IS NOT NULL)
"""
WHO = """
    JOIN accounts_user person ON person.id = {0}.user_id
    LEFT JOIN gamification_player player ON player.user_id = {0}.user_id
    LEFT JOIN communities_membership member
           ON member.user_id = {0}.user_id AND member.community_id = board.community_id
"""
IS_OPEN = f"""
    CASE board.span WHEN '{Span.WEEK.value}' THEN board.start >= %(first_week)s::date
                    WHEN '{Span.MONTH.value}' THEN board.start >= %(first_month)s::date ELSE true END
"""
_SAME_BOARD = """
    coalesce(board.community_id, 0) = coalesce(score.community_id, 0) AND board.span = score.span
    AND coalesce(board.start, '-infinity') = coalesce(score.start, '-infinity')
"""


def due_on_boards(sums: str) -> str:
    """Question: which scores ought to be there."""
    return f"""
        SELECT board.id AS board_id, score.user_id, score.xp, score.reached_at, {IS_LISTED} AS is_listed
          FROM ({sums}) score JOIN gamification_board board ON {_SAME_BOARD} {WHO.format("score")}
    """


def boards_for(sums: str) -> str:
    """Statement: those that are still missing, in one order, so that no two who make the same wait for each other."""
    return f"""
        INSERT INTO gamification_board (community_id, span, start)
        SELECT DISTINCT score.community_id, score.span, score.start FROM ({sums}) score
         WHERE NOT EXISTS (SELECT FROM gamification_board board WHERE {_SAME_BOARD})
         ORDER BY score.community_id, score.span, score.start
            ON CONFLICT DO NOTHING
    """


_OF_PEOPLE = "(SELECT * FROM gamification_dailyxp WHERE user_id = ANY(%(people)s::bigint[]))"
NEW_BOARDS = boards_for(sums_of(_OF_PEOPLE))
REFRESH = f"""
    WITH due AS ({due_on_boards(sums_of(_OF_PEOPLE))}),
    gone AS (
        DELETE FROM gamification_score score USING gamification_board board
         WHERE score.user_id = ANY(%(people)s::bigint[]) AND board.id = score.board_id AND {IS_OPEN}
           AND NOT EXISTS (SELECT FROM due WHERE due.user_id = score.user_id AND due.board_id = score.board_id)
        RETURNING score.board_id
    ),
    written AS (
        INSERT INTO gamification_score AS score (board_id, user_id, xp, reached_at, is_listed)
        SELECT board_id, user_id, xp, reached_at, is_listed FROM due
            ON CONFLICT (user_id, board_id)
            DO UPDATE SET xp = excluded.xp, reached_at = excluded.reached_at, is_listed = excluded.is_listed
         WHERE (score.xp, score.reached_at, score.is_listed)
               IS DISTINCT FROM (excluded.xp, excluded.reached_at, excluded.is_listed)
        RETURNING score.board_id
    ),
    frozen AS (
        UPDATE gamification_score score SET is_listed = NOT score.is_listed
          FROM gamification_score was JOIN gamification_board board ON board.id = was.board_id {WHO.format("was")}
         WHERE was.user_id = ANY(%(people)s::bigint[]) AND was.id = score.id AND NOT ({IS_OPEN})
           AND score.is_listed <> ({IS_LISTED})
        RETURNING score.board_id
    )
    SELECT board_id FROM gone UNION SELECT board_id FROM written UNION SELECT board_id FROM frozen
"""


def windows(now: datetime) -> dict[str, Any]:
    """What the questions above need to know of the time."""
    return {"first_week": first_open(Span.WEEK, now), "first_month": first_open(Span.MONTH, now)}


def refresh(user: int) -> bool:
    """Makes the scores of this member what their days say, and says which boards changed. Idempotent.

    Does nothing when nothing changed since the last time: `Rescore` says so, and lets one worker at a time do it. Gives
    whether something had changed.
    """
    with transaction.atomic():
        waited, _ = Rescore.objects.filter(user=user).delete()
        changed = write_scores([user], now=timezone.now()) if waited else []
    note_changed(changed)
    return bool(waited)


def write_scores(people: list[int], *, now: datetime) -> list[int]:
    """Gives the ids of the boards that it changed."""
    values: Mapping[str, Any] = {"people": people} | windows(now)
    with planned_cursor() as cursor:
        cursor.execute(NEW_BOARDS, values)
        cursor.execute(REFRESH, values)
        return [board for (board,) in cursor.fetchall()]


def note_changed(boards: Iterable[int]) -> None:
    """After commit, so that who rebuilds rungs in between cannot miss it."""
    Board.objects.filter(pk__in=list(boards), changed_at=None).update(changed_at=timezone.now())
