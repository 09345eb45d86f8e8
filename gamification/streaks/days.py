"""Which local day a moment belongs to, wherever its member lives and wherever they move. Pure: no database.

A local day begins so many hours after midnight by the clock on the wall. Whoever moves to another zone lives by it
from their next local day, at most once in seven days. Days never go backwards. A day that a move (or a whole country)
leaves less than twelve hours is excused.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import zip_longest
from zoneinfo import ZoneInfo

MOVES_APART = timedelta(days=7)
EXCUSED_BELOW = timedelta(hours=12)
APART = timedelta(hours=4)  # closer acts never fill two days

ONE_DAY, ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Move:
    """To another zone, asked for at this moment."""

    zone: str
    at: datetime


@dataclass(frozen=True)
class Act:
    """Something done, and the day that it was counted for."""

    at: datetime
    day: date


@dataclass(frozen=True)
class Stay:
    """Days are counted by the clock of this zone from `since`, and never before `not_before`."""

    since: datetime
    zone: str
    not_before: date


class Days:
    """Of one member: where they began, where they moved, and when their day begins (hours after midnight)."""

    def __init__(self, first_zone: str, moves: Iterable[Move] = (), *, day_start: int) -> None:
        self._start = timedelta(hours=day_start)
        self._is_even: dict[int, bool] = {}
        self._stays = [Stay(LONG_AGO, first_zone, date.min)]
        moves = sorted(moves, key=lambda move: move.at)
        for move, following in zip_longest(moves, moves[1:]):
            last = self._stays[-1]
            asked = move.at if last.since == LONG_AGO else max(move.at, last.since + MOVES_APART)
            before = self.day_of(asked)
            since = self.begin_of(before + ONE_DAY)
            if move.zone != last.zone and (following is None or since < following.at):
                self._stays.append(Stay(since, move.zone, before))

    def day_of(self, moment: datetime) -> date:
        stay = self._stay_at(moment)
        wall = moment.astimezone(ZoneInfo(stay.zone)).replace(tzinfo=None)
        return max((wall - self._start).date(), stay.not_before)

    def begin_of(self, day: date) -> datetime:
        """The first moment of the day; of one that never was, that of the next."""
        early = datetime(day.year, day.month, day.day, tzinfo=UTC) - ONE_DAY
        minutes = range(3 * 24 * 60)
        return early + ONE_MINUTE * bisect_right(
            minutes, day - ONE_DAY, key=lambda minute: self.day_of(early + ONE_MINUTE * minute)
        )

    def is_excused(self, day: date) -> bool:
        return self._may_be_short(day) and self.begin_of(day + ONE_DAY) - self.begin_of(day) < EXCUSED_BELOW

    def _may_be_short(self, day: date) -> bool:
        """Whether the clock was set far forward around that day: seldom, so most years need not be looked at."""
        if day.year not in self._is_even:
            since, until = (datetime(year, 1, 1, 12, tzinfo=UTC) for year in (day.year, day.year + 1))
            moved = any(since - 3 * ONE_DAY <= stay.since <= until + 3 * ONE_DAY for stay in self._stays[1:])
            self._is_even[day.year] = not moved and not self._jumps(since - 3 * ONE_DAY, until + 3 * ONE_DAY)
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        return not self._is_even[day.year] and self._jumps(noon - 2 * ONE_DAY, noon + 2 * ONE_DAY)

    def _jumps(self, before: datetime, after: datetime) -> bool:
        return self._ahead(after) - self._ahead(before) > timedelta(hours=6)

    def _ahead(self, moment: datetime) -> timedelta:
        """Of UTC."""
        return moment.astimezone(ZoneInfo(self._stay_at(moment).zone)).utcoffset() or timedelta(0)

    def _stay_at(self, moment: datetime) -> Stay:
        return self._stays[bisect_right(self._stays, moment, key=lambda stay: stay.since) - 1]

    def day_for(self, moment: datetime, before: Sequence[Act]) -> date:
        """The day that an act at this moment counts for.

        That of its moment, unless another day had an act less than four hours `before`: then that day.
        """
        day = self.day_of(moment)
        close = [act for act in before if timedelta(0) <= moment - act.at < APART and act.day != day]
        return max((act.day for act in close if self.day_of(act.at) == act.day), default=day)
