"""A leaderboard as one member sees it: who stands around them, and the first ten.

Who is suspended, a stub, quiet, hidden, or no member of the community, is left out at that moment, whatever scores
say. Members see themselves whether or not others do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, NamedTuple

from accounts.models import User
from communities.models import Community
from gamification import rules
from gamification.boards.ranks import ranks
from gamification.boards.scores import IS_LISTED, WHO
from gamification.boards.times import after
from gamification.models import Board, Score, ShownAs, Span
from prepared import as_model, columns, planned_cursor

_FACE = columns(User, "id", "username", "name", "avatar")
_FORTH = "score.xp DESC, score.reached_at, score.user_id"
_BACK = "score.xp, score.reached_at DESC, score.user_id DESC"
_BEHIND_ME = "(score.reached_at, score.user_id) > (%(reached_at)s::timestamptz, %(me)s::bigint)"
_BEFORE_ME = "(score.reached_at, score.user_id) < (%(reached_at)s::timestamptz, %(me)s::bigint)"
_EQUAL = "score.xp = %(xp)s::integer"


def _some(count: int, where: str, order: str) -> str:
    """Twice as many are taken from the index, in its order, before anybody is left out: so it never reads on and on."""
    return f"""
        (SELECT score.xp, score.reached_at, score.user_id, player.shown_as, player.pseudonym,
                {", ".join(f"person.{field}" for field in _FACE)}
           FROM (SELECT * FROM gamification_score score
                  WHERE score.board_id = %(board)s::bigint AND score.is_listed AND {where}
                  ORDER BY {order} LIMIT {2 * count}) score
                JOIN gamification_board board ON board.id = score.board_id {WHO.format("score")}
          WHERE {IS_LISTED} ORDER BY {order} LIMIT {count})
    """


TOP = _some(rules.TOP, "true", _FORTH)
AROUND = " UNION ALL ".join(
    (
        _some(rules.NEIGHBOURS, f"{_EQUAL} AND {_BEFORE_ME}", _BACK),
        _some(rules.NEIGHBOURS, "score.xp > %(xp)s::integer", _BACK),
        _some(rules.NEIGHBOURS, f"{_EQUAL} AND {_BEHIND_ME}", _FORTH),
        _some(rules.NEIGHBOURS, "score.xp < %(xp)s::integer", _FORTH),
    )
)


class Row(NamedTuple):
    """Somebody on a board. `is_counted`: others see them there."""

    xp: int
    reached_at: datetime
    user: int
    face: User
    url: str
    is_counted: bool

    @property
    def order(self) -> tuple[int, datetime, int]:
        """Best first; who reached it earlier, then whose id is smaller."""
        return -self.xp, self.reached_at, self.user


@dataclass(frozen=True)
class Line:
    """One member on a board, as they want to be seen: behind another name there is no way to them."""

    rank: int
    xp: int
    face: User
    url: str
    is_me: bool


@dataclass(frozen=True)
class Shown:
    """One page of a board. `mine` is None without XP in its time; `earlier` and `later` are weeks or months."""

    lines: list[Line]
    mine: Line | None
    earlier: date | None
    later: date | None


def board_at(community: Community | None, span: Span, start: date | None) -> tuple[Board | None, date | None]:
    """The board, if anybody is on it, and where the one before begins."""
    boards = Board.objects.filter(community=community, span=span)
    if start is None:
        return boards.first(), None
    found = list(boards.filter(start__lte=start).order_by("-start")[:2])
    board = next((one for one in found if one.start == start), None)
    return board, next((one.start for one in found if one.start != start), None)


def shown_board(
    community: Community | None, span: Span, start: date | None, *, to: User, now: date | None, is_top: bool = False
) -> Shown:
    """Five above the reader, they themselves, five below; or the first ten. `now`: where the present board begins."""
    board, earlier = board_at(community, span, start)
    later = after(span, start) if start and now and start < now else None
    if board is None:
        return Shown([], None, earlier, later)
    mine = Score.objects.filter(board=board, user=to).first()
    others = _top(board) if is_top else _around(board, mine)
    rows = [row for row in others if row.user != to.pk]
    if mine and (not is_top or len(rows) < len(others)):
        rows = sorted([*rows, _own(mine, to)], key=lambda row: row.order)
    places = _places(board, rows, mine)
    lines = [Line(places[row.xp], row.xp, row.face, row.url, row.user == to.pk) for row in rows]
    own = Line(places[mine.xp], mine.xp, to, to.get_absolute_url(), is_me=True) if mine else None
    return Shown(lines, own, earlier, later)


def _top(board: Board) -> list[Row]:
    return _asked(TOP, board, None)


def _around(board: Board, mine: Score | None) -> list[Row]:
    """Around somebody without XP there are the last ones."""
    rows = _asked(AROUND, board, mine)
    place = (-mine.xp, mine.reached_at, mine.user_id) if mine else (0, datetime.max.replace(tzinfo=UTC), 0)
    above = [row for row in rows if row.order < place]
    return above[-rules.NEIGHBOURS :] + rows[len(above) : len(above) + rules.NEIGHBOURS]


def _asked(statement: str, board: Board, mine: Score | None) -> list[Row]:
    """Best first."""
    values: dict[str, Any] = {"board": board.pk, "xp": 0, "reached_at": None, "me": 0}
    if mine:
        values |= {"xp": mine.xp, "reached_at": mine.reached_at, "me": mine.user_id}
    with planned_cursor() as cursor:
        cursor.execute(statement, values)
        return sorted((_row(*row) for row in cursor.fetchall()), key=lambda row: row.order)


def _row(xp: int, reached_at: datetime, user: int, shown_as: str, pseudonym: str | None, *face: Any) -> Row:
    if shown_as == ShownAs.NAME:
        member = as_model(User, _FACE, face)
        return Row(xp, reached_at, user, member, member.get_absolute_url(), is_counted=True)
    return Row(xp, reached_at, user, User(username=pseudonym or ""), "", is_counted=True)


def _own(mine: Score, member: User) -> Row:
    return Row(mine.xp, mine.reached_at, member.pk, member, member.get_absolute_url(), is_counted=mine.is_listed)


def _places(board: Board, rows: Sequence[Row], mine: Score | None) -> dict[int, int]:
    """The place of each number of XP. Two are looked up; between them and the last all who stand there are here."""
    counts: dict[int, int] = {}
    for row in rows:
        counts[row.xp] = counts.get(row.xp, 0) + row.is_counted
    steps = list(counts)
    places = ranks(board.pk, {*steps[:2], *([mine.xp] if mine else [])})
    for higher, lower in pairwise(steps[1:]):
        places.setdefault(lower, places[higher] + counts[higher])
    return places
