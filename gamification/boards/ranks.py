"""Places on a leaderboard: 1, 2, 2, 4. Counted in an index; on large boards looked up in rungs counted before."""

from collections.abc import Iterable, Iterator

from django.db import transaction

from gamification import rules
from gamification.models import Board, Rung
from prepared import planned_cursor

LOWEST = -(2**31)
"""Below every score, so that on a board with rungs each number of XP has one."""

RANKS = """
    SELECT wanted.xp, 1 + coalesce(
        (SELECT rung.above FROM gamification_rung rung
          WHERE rung.board_id = %(board)s::bigint AND rung.xp <= wanted.xp ORDER BY rung.xp DESC LIMIT 1),
        (SELECT count(*) FROM gamification_score score
          WHERE score.board_id = %(board)s::bigint AND score.is_listed AND score.xp > wanted.xp))
      FROM unnest(%(wanted)s::integer[]) AS wanted (xp)
"""
IS_LARGE = f"""
    SELECT EXISTS (SELECT FROM gamification_score WHERE board_id = %(board)s::bigint AND is_listed
                    OFFSET {rules.COUNTED_UP_TO})
"""
COUNTS = f"""
    SELECT xp, sum(people) OVER (ORDER BY xp DESC) - people AS above
      FROM (SELECT xp, count(*) AS people FROM gamification_score
             WHERE board_id = %(board)s::bigint AND is_listed GROUP BY xp
             UNION ALL SELECT {LOWEST}, 0) counted
"""
BUILD = f"INSERT INTO gamification_rung (board_id, xp, above) SELECT %(board)s::bigint, xp, above FROM ({COUNTS})"
DIFFERING = f"""
    SELECT xp, rung.above, counts.above
      FROM (SELECT * FROM gamification_rung WHERE board_id = %(board)s::bigint) rung
           FULL JOIN ({COUNTS}) counts USING (xp)
     WHERE rung.above IS DISTINCT FROM counts.above LIMIT 20
"""


def ranks(board: int, wanted: Iterable[int]) -> dict[int, int]:
    """The places that so many XP have on this board."""
    with planned_cursor() as cursor:
        cursor.execute(RANKS, {"board": board, "wanted": list(wanted)})
        return dict(cursor.fetchall())


def rebuild_rungs() -> None:
    """Of the large boards that changed since the last time; small ones need none. Idempotent."""
    for board in list(Board.objects.exclude(changed_at=None).values_list("pk", flat=True)):
        Board.objects.filter(pk=board).update(changed_at=None)  # committed before: what changes from now on says so
        rebuild(board)


def rebuild(board: int) -> None:
    """One at a time for each board."""
    with transaction.atomic():
        if Board.objects.select_for_update(no_key=True).filter(pk=board).first() is None:
            return
        with planned_cursor() as cursor:
            cursor.execute("DELETE FROM gamification_rung WHERE board_id = %(board)s::bigint", {"board": board})
            cursor.execute(IS_LARGE, {"board": board})
            if cursor.fetchone()[0]:
                cursor.execute(BUILD, {"board": board})


def differing_rungs() -> Iterator[str]:
    """Of boards that have rungs and did not change since."""
    for board in Board.objects.filter(changed_at=None, pk__in=Rung.objects.values("board")):
        with planned_cursor() as cursor:
            cursor.execute(DIFFERING, {"board": board.pk})
            for xp, was, due in cursor.fetchall():
                yield f"rung {xp} of board {board.pk}: {was}, not {due}"
