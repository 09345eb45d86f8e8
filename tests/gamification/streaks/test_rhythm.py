"""Weeks and days in a row: freezes, repairs, pauses, plans. Weeks begin on Monday the 2nd of March 2026."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from gamification.streaks.days import Days, Move
from gamification.streaks.rhythm import History, Rhythm, forecast, rhythm

MONDAY = date(2026, 3, 2)
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def days(*weeks: str) -> dict[date, int]:
    """Each week as seven signs: a digit is so many acts, a dot none."""
    signs = "".join(week.ljust(7, ".") for week in weeks)
    return {MONDAY + DAY * number: int(sign) for number, sign in enumerate(signs) if sign != "."}


def after(*weeks: str, plan: int = 3, more: int = 0, **given) -> Rhythm:
    """On the day after these weeks, and `more` days."""
    plans = [(MONDAY, plan)]
    return rhythm(History(days(*weeks), plans, **given), MONDAY + WEEK * len(weeks) + DAY * more)


def counts(seen: Rhythm) -> tuple[int, int, int]:
    return seen.weeks, seen.days, seen.freezes


def test_weeks_with_as_many_days_as_planned_follow_each_other():
    assert after("1.1.1", "11...1", "...111").weeks == 3
    assert after("1.1.1", "11...1", "1").weeks == 0
    assert after("1.1.1", "1", "111").weeks == 1
    assert [after("1.1.1", "1111", plan=plan).weeks for plan in (2, 3, 4, 5)] == [2, 2, 1, 0]


def test_this_week_counts_once_it_is_kept_and_ends_nothing_before_it_is_over():
    history = History(days("111", "11.1"), [(MONDAY, 3)])
    seen = [rhythm(history, MONDAY + WEEK + DAY * number) for number in range(7)]
    assert [(one.done, one.needed, one.weeks) for one in seen] == [(3, 3, 2)] * 7  # future acts are there already
    early = rhythm(History(days("111", "11"), [(MONDAY, 3)]), MONDAY + WEEK + DAY)
    assert (early.done, early.left, early.weeks, early.is_kept) == (2, 1, 1, False)


def test_freeze_stands_in_for_one_day_of_a_week_that_follows_a_kept_one():
    seen = after("111", "11", more=1)
    assert (counts(seen), seen.frozen) == ((2, 0, 0), {MONDAY + WEEK + 6 * DAY})
    assert counts(after("11", "1", "1", plan=2)) == (0, 0, 0)  # there was one only
    assert after("11", "11").frozen == set()  # nothing to keep
    assert after("111", "1").frozen == set()  # two days are missing


def test_freezes_are_earned_by_seven_active_days_and_two_are_held():
    assert [after(*["1111111"] * weeks, plan=7).freezes for weeks in (0, 1, 2, 5)] == [1, 2, 2, 2]
    assert after("11111", "11", plan=5).freezes == 2


def test_daily_run_of_a_week_is_saved_by_a_freeze_and_a_shorter_one_is_not():
    seen = after("1111111", "1.11111", plan=7)
    assert (seen.frozen, seen.days, seen.weeks, seen.freezes) == ({MONDAY + WEEK + DAY}, 13, 2, 1)
    assert after("111111.", plan=1).frozen == set()
    assert after("1111111", "...1111", plan=1).days == 4  # two freezes, three days missed


def test_repair_takes_two_acts_on_one_of_three_days_and_saves_the_week_before():
    for acts, weeks in (("2", 3), ("..2", 3), ("...2", 0), ("111", 1)):
        seen = rhythm(History(days("11", "1", "1", acts), [(MONDAY, 2)]), MONDAY + 3 * WEEK + 4 * DAY)
        assert (seen.weeks, len(seen.repaired)) == (weeks, weeks // 3)
    waiting = History(days("11", "1", "1"), [(MONDAY, 2)])
    sunday = MONDAY + 3 * WEEK - DAY
    assert [rhythm(waiting, sunday + DAY * more).to_repair for more in (1, 3, 4)] == [sunday, sunday, None]


def test_second_repair_waits_for_thirty_days():
    weeks = ("11", "1", "1", "2", "1")  # the second freeze comes too late
    assert [len(after(*weeks, acts, plan=2).repaired) for acts in ("", "2")] == [1, 1]
    later = ("11", "1", "1", "21", "11", "11", "1", "1", "2")
    assert after(*later, plan=2).repaired == {MONDAY + 3 * WEEK - DAY, MONDAY + 8 * WEEK - DAY}


def test_daily_run_can_be_repaired():
    run = days("1111111", "11111..", "2")  # two freezes... one for each of the missed days
    assert rhythm(History(run, [(MONDAY, 1)]), MONDAY + 2 * WEEK).days == 13
    spent = days("1111111", "1.1.1.1", "2")
    seen = rhythm(History(spent, [(MONDAY, 1)]), MONDAY + 2 * WEEK)
    assert (seen.frozen, seen.repaired) == ({MONDAY + WEEK + DAY, MONDAY + WEEK + 3 * DAY}, {MONDAY + WEEK + 5 * DAY})
    assert seen.days == 12


def test_pause_asks_for_nothing_and_ends_nothing():
    pauses = [(MONDAY + WEEK, MONDAY + 2 * WEEK - DAY)]
    assert counts(after("1.1.111", "", "111", pauses=pauses)) == (2, 0, 2)
    assert rhythm(History(days("1111111", "", "1"), [], pauses), MONDAY + 2 * WEEK).days == 8
    partly = [(MONDAY + WEEK, MONDAY + WEEK + 4 * DAY)]
    touched = rhythm(History(days("111", ""), [(MONDAY, 3)], partly), MONDAY + WEEK + 5 * DAY)
    assert (touched.needed, touched.left, touched.is_paused) == (2, 2, False)
    assert [after("111", week, pauses=partly).weeks for week in (".....11", ".......")] == [2, 1]


def test_excused_day_is_not_missed():
    apia = Days("America/New_York", [Move("Pacific/Auckland", datetime(2026, 3, 10, 18, tzinfo=UTC))], day_start=3)
    excused = MONDAY + 9 * DAY
    assert after("1111111", "11.1111", plan=7, is_excused=apia.is_excused).weeks == 2
    assert after("1111111", "11.1111", plan=7, is_excused=apia.is_excused).frozen == set()
    assert apia.is_excused(excused)


def test_broken_run_says_how_many_days_there_were_this_year():
    acts = days("111", "111") | {date(2025, 12, 30): 1}
    seen = rhythm(History(acts), MONDAY + 5 * WEEK)
    assert (seen.weeks, seen.longest, seen.active_days, seen.active_this_year) == (0, 2, 7, 6)


def test_forecast_is_what_will_be_when_nothing_more_is_done():
    history = History(
        days("111", "11"), [(MONDAY, 3), (MONDAY + 3 * WEEK, 1)], [(MONDAY + 5 * WEEK, MONDAY + 5 * WEEK)]
    )
    today = MONDAY + WEEK + DAY
    for ahead in islice(forecast(history, today), 40):
        assert ahead == rhythm(history, ahead.today)


ACTS = st.dictionaries(st.integers(0, 60).map(lambda number: MONDAY + DAY * number), st.integers(1, 3), max_size=40)


@settings(max_examples=80, deadline=None, database=None)
@given(ACTS, st.integers(1, 7), st.integers(0, 1000))
def test_rhythm_depends_on_rows_alone_and_more_acts_never_shorten_weeks_by_themselves(acts, plan, seed):
    shuffled = list(acts.items())
    Random(seed).shuffle(shuffled)
    today = MONDAY + 61 * DAY
    seen = rhythm(History(acts, [(MONDAY, plan)]), today)
    assert seen == rhythm(History(dict(shuffled), [(MONDAY, plan)]), today)
    assert 0 <= seen.freezes <= 2
    assert seen.frozen.isdisjoint(acts)
    assert seen.repaired.isdisjoint(acts)
    assert seen.weeks <= seen.longest <= 9
    assert len(seen.frozen) <= 1 + len(acts) // 7
    assert seen.active_days == len(acts)
