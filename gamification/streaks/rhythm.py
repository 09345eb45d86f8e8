"""What somebody's weeks and days come to: a pure function of active days, plans, pauses and today.

A week is kept with as many active days as were planned for it. Weeks kept one after another are the headline; days
one after another are a second, private number.

A **freeze** stands in for one missed day by itself: where a daily run of a week or more would end, and at the end of
a week that misses its plan by one day after one that was kept. A **repair** does the same afterwards: two acts on one
of the three days after it, once in thirty days. A **pause** asks for nothing: its days end no run, a week touched by
one needs no more days than are left of it, and ends nothing. So does an excused day (`days.is_excused`).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from gamification import rules

ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)


def _never(day: date) -> bool:
    return False


@dataclass(frozen=True)
class History:
    """`acts` of each active day, `plans` by the Monday from which they hold, `pauses` as first and last day."""

    acts: Mapping[date, int]
    plans: Sequence[tuple[date, int]] = ()
    pauses: Sequence[tuple[date, date]] = ()
    is_excused: Callable[[date], bool] = _never

    def plan_of(self, day: date) -> int:
        return max((change for change in self.plans if change[0] <= day), default=(day, rules.PLAN_DAYS))[1]

    @property
    def plan_to_come(self) -> int:
        """The one chosen last."""
        return max(self.plans, default=(None, rules.PLAN_DAYS))[1]

    def is_paused(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.pauses)


@dataclass(frozen=True)
class Rhythm:
    """`done` of `needed` days this week; `weeks` kept in a row, this one included once it is, and the `longest`.

    `days_left` of it, today included, on which something may be done; whether today `is_active` already.

    `days` in a row, `active_days` altogether, and of this year. `saved` are the days that freezes and repairs stand in
    for. `to_repair` is a missed day that acts of today can repair.
    """

    today: date
    plan: int
    done: int
    needed: int
    days_left: int
    is_active: bool
    weeks: int
    longest: int
    days: int
    freezes: int
    active_days: int
    active_this_year: int
    frozen: frozenset[date]
    repaired: frozenset[date]
    to_repair: date | None
    is_paused: bool

    @property
    def is_kept(self) -> bool:
        """This week, already."""
        return 0 < self.needed <= self.done

    @property
    def left(self) -> int:
        """Days still to be active on this week."""
        return max(0, self.needed - self.done)


def rhythm(history: History, today: date) -> Rhythm:
    """As it is on this day, which is not over: that nothing was done yet ends nothing."""
    return _walked(history, today).seen_on(today)


def forecast(history: History, today: date) -> Iterator[Rhythm]:
    """As it is today, and as it will be on each day after, should nothing more be done."""
    walk = _walked(history, today)
    yield walk.seen_on(today)
    if not history.acts.get(today):
        walk.spend(today)
    day = today
    while True:
        day += ONE_DAY
        walk.begin(day)
        yield walk.seen_on(day)
        walk.spend(day)


def _walked(history: History, today: date) -> "_Walk":
    walk = _Walk(history)
    day = min((*history.acts, today))
    day -= timedelta(days=day.weekday())
    while day <= today:
        walk.begin(day)
        if day < today or history.acts.get(day):
            walk.spend(day)
        day += ONE_DAY
    return walk


@dataclass(frozen=True)
class _Lost:
    """`lasted` ended with a missed `day`, or with its week; its `end` is the last day of that."""

    day: date
    end: date
    lasted: int


@dataclass
class _Walk:
    """From day to day: each one begins, and is spent."""

    history: History
    weeks: int = 0
    longest: int = 0
    days: int = 0
    freezes: int = rules.FREEZES_AT_FIRST
    active: int = 0
    by_year: Counter[int] = field(default_factory=Counter)
    frozen: set[date] = field(default_factory=set)
    repaired: set[date] = field(default_factory=set)
    repaired_on: date = date.min
    lost_day: _Lost | None = None
    lost_week: _Lost | None = None

    def begin(self, day: date) -> None:
        if day.weekday() == 0:
            self._judge(_week(day - WEEK))

    def spend(self, day: date) -> None:
        acts = self.history.acts.get(day, 0)
        if acts:
            self.days += 1
            self.active += 1
            self.by_year[day.year] += 1
            if self.active % rules.FREEZE_PER_DAYS == 0:
                self.freezes = min(rules.FREEZES_MAX, self.freezes + 1)
            if acts >= rules.REPAIR_ACTS and (missed := self.to_repair(day)):
                self._repair(missed, on=day)
        elif not self._is_away(day):
            self._miss(day)

    def to_repair(self, today: date) -> date | None:
        """The missed day that acts of today would stand in for: one that cost a week before one that cost a day."""
        if (today - self.repaired_on).days < rules.REPAIRS_APART_DAYS:
            return None
        for lost in (self.lost_week, self.lost_day):
            if lost and (today - lost.end).days <= rules.REPAIR_WITHIN_DAYS:
                return lost.day
        return None

    def seen_on(self, today: date) -> Rhythm:
        week = _week(today)
        done, needed = self._filled(week), self._needed(week)
        weeks = self.weeks + (0 < needed <= done)
        can_repair = self.history.acts.get(today, 0) < rules.REPAIR_ACTS
        return Rhythm(
            today=today,
            plan=self.history.plan_of(week[0]),
            done=done,
            needed=needed,
            days_left=sum(day >= today and not self._is_away(day) for day in week),
            is_active=today in self.history.acts,
            weeks=weeks,
            longest=max(self.longest, weeks),
            days=self.days,
            freezes=self.freezes,
            active_days=self.active,
            active_this_year=self.by_year[today.year],
            frozen=frozenset(self.frozen),
            repaired=frozenset(self.repaired),
            to_repair=self.to_repair(today) if can_repair else None,
            is_paused=self.history.is_paused(today),
        )

    def _judge(self, week: list[date]) -> None:
        filled, needed = self._filled(week), self._needed(week)
        self.lost_week = None
        if 0 < needed <= filled:
            self.weeks += 1
        elif needed and not any(map(self.history.is_paused, week)):
            self._miss_week(week, by=needed - filled)
        self.longest = max(self.longest, self.weeks)

    def _miss_week(self, week: list[date], *, by: int) -> None:
        if self.weeks and by == 1:
            missed = [day for day in week if not self._is_filled(day) and not self._is_away(day)]
            day = self.lost_day.day if self.lost_day and self.lost_day.day in missed else missed[-1]
            if self.freezes:
                self._freeze(day)
                self.weeks += 1
                return
            self.lost_week = _Lost(day, week[-1], self.weeks)
        self.weeks = 0

    def _miss(self, day: date) -> None:
        if self.days >= rules.RUN_WORTH_SAVING and self.freezes:
            self._freeze(day)
            return
        is_worth_repairing = self.days >= rules.RUN_WORTH_SAVING
        self.lost_day = _Lost(day, day, self.days) if is_worth_repairing else None
        self.days = 0

    def _freeze(self, day: date) -> None:
        self.freezes -= 1
        self.frozen.add(day)

    def _repair(self, missed: date, *, on: date) -> None:
        self.repaired.add(missed)
        self.repaired_on = on
        if self.lost_day and self.lost_day.day == missed:
            self.days += self.lost_day.lasted
            self.lost_day = None
        if self.lost_week and self.lost_week.day == missed:
            self.weeks = self.lost_week.lasted + 1
            self.lost_week = None

    def _filled(self, week: list[date]) -> int:
        return sum(map(self._is_filled, week))

    def _is_filled(self, day: date) -> bool:
        return day in self.history.acts or day in self.frozen or day in self.repaired

    def _needed(self, week: list[date]) -> int:
        """Days, as planned; no more than the week has that ask for something."""
        return min(self.history.plan_of(week[0]), sum(self._is_filled(day) or not self._is_away(day) for day in week))

    def _is_away(self, day: date) -> bool:
        return self.history.is_paused(day) or self.history.is_excused(day)


def _week(day: date) -> list[date]:
    """From Monday to Sunday."""
    monday = day - ONE_DAY * day.weekday()
    return [monday + ONE_DAY * number for number in range(7)]
