"""A year of active days as a picture: 53 weeks of seven days, and the same as a table. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gamification.streaks.rhythm import History, Rhythm

WEEKS = 53
BANDS = (1, 3, 6, 10)  # acts from which the next shade begins
SIDE, TOP = 12, 16  # of one day with its gap; room for the months


@dataclass(frozen=True)
class Cell:
    """One day. `kind` says what stood in for acts: a freeze, a repair, a pause, or nothing."""

    day: date
    acts: int
    kind: str
    x: int
    y: int

    @property
    def band(self) -> int:
        return sum(self.acts >= least for least in BANDS)

    @property
    def words(self) -> str:
        """What is said of it beside its date."""
        if self.acts:
            return ngettext("%(n)s act", "%(n)s acts", self.acts) % {"n": self.acts}
        return {"frozen": _("freeze"), "repaired": _("repaired"), "paused": _("pause")}.get(self.kind, _("nothing"))

    @property
    def label(self) -> str:
        return f"{date_format(self.day, 'DATE_FORMAT')}: {self.words}"


@dataclass(frozen=True)
class HeatMap:
    weeks: list[list[Cell]]

    @property
    def width(self) -> int:
        return SIDE * WEEKS

    @property
    def height(self) -> int:
        return TOP + SIDE * 7

    @property
    def months(self) -> Iterator[tuple[int, date]]:
        """Where the name of each stands: above its first whole week."""
        for week in self.weeks[:-2]:
            if week[0].day.day <= 7:
                yield week[0].x, week[0].day

    @property
    def active_days(self) -> int:
        return sum(cell.acts > 0 for week in self.weeks for cell in week)


def heat_map(history: History, rhythm: Rhythm) -> HeatMap:
    """Until today, from a Monday a year ago."""
    monday = rhythm.today - timedelta(days=rhythm.today.weekday(), weeks=WEEKS - 1)
    return HeatMap(
        [
            [
                cell_of(day, history, rhythm, SIDE * week, TOP + SIDE * number)
                for number in range(7)
                if (day := monday + timedelta(weeks=week, days=number)) <= rhythm.today
            ]
            for week in range(WEEKS)
        ]
    )


def cell_of(day: date, history: History, rhythm: Rhythm, x: int = 0, y: int = 0) -> Cell:
    acts = history.acts.get(day, 0)
    kind = ""
    if not acts:
        if day in rhythm.frozen:
            kind = "frozen"
        elif day in rhythm.repaired:
            kind = "repaired"
        elif history.is_paused(day):
            kind = "paused"
    return Cell(day, acts, kind, x, y)


def week_of(history: History, rhythm: Rhythm) -> list[Cell]:
    """This week, with the days to come."""
    monday = rhythm.today - timedelta(days=rhythm.today.weekday())
    return [cell_of(monday + timedelta(days=number), history, rhythm) for number in range(7)]
