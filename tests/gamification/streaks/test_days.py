"""Local days where clocks change and where people move."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gamification.streaks.days import APART, Act, Days, Move

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "begins", "hours"),
    [
        # zone, the first moment (UTC) of a local day that begins at three, and how long that day is
        ("America/New_York", "2026-03-07T08:00", 23),  # on the 8th two o'clock becomes three
        ("America/New_York", "2026-03-08T07:00", 24),
        ("America/New_York", "2026-10-31T07:00", 25),  # on the 1st two o'clock becomes one
        ("America/New_York", "2026-11-01T08:00", 24),
        ("Australia/Lord_Howe", "2026-10-02T16:30", 23.5),  # half an hour forward at two
        ("Australia/Lord_Howe", "2026-10-03T16:00", 24),
        ("Australia/Lord_Howe", "2026-04-03T16:00", 24.5),  # half an hour back
        ("Africa/Casablanca", "2026-02-14T02:00", 25),  # Ramadan: back to UTC on the 15th
        ("Africa/Casablanca", "2026-03-21T03:00", 23),  # and forth again on the 22nd
        ("Pacific/Apia", "2011-12-28T13:00", 24),
        ("Pacific/Apia", "2011-12-29T13:00", 21),  # until the midnight after which it was the 31st
        ("Pacific/Apia", "2011-12-30T13:00", 24),
        ("Asia/Kathmandu", "2026-05-01T21:15", 24),
    ],
)
def test_local_day_begins_and_ends_where_the_clock_on_the_wall_says(zone, begins, hours):
    days, first = Days(zone, day_start=3), at(begins)
    day = days.day_of(first)
    assert [days.day_of(first - MINUTE), days.day_of(first + HOUR * hours - MINUTE)] == [day - timedelta(1), day]
    assert (days.begin_of(day), days.day_of(first + HOUR * hours)) == (first, day + timedelta(1))
    assert not days.is_excused(day)


def test_day_that_a_country_skipped_is_excused():
    apia = Days("Pacific/Apia", day_start=3)
    assert [day for day in range(27, 32) if apia.is_excused(date(2011, 12, day))] == [30]
    assert apia.day_of(at("2011-12-30T09:59")) == date(2011, 12, 29)
    assert Days("Pacific/Apia", day_start=0).day_of(at("2011-12-30T10:00")) == date(2011, 12, 31)


@pytest.mark.parametrize("start", [0, 3, 6])
def test_day_begins_so_many_hours_after_midnight(start):
    days = Days("Europe/Berlin", day_start=start)
    assert days.begin_of(date(2026, 7, 1)) == at("2026-06-30T22:00") + start * HOUR


def test_move_counts_from_the_next_local_day():
    days = Days("America/New_York", [Move("Europe/Berlin", at("2026-07-01T12:00"))], day_start=3)
    assert days.day_of(at("2026-07-02T06:59")) == date(2026, 7, 1)
    assert days.day_of(at("2026-07-02T07:00")) == date(2026, 7, 2)  # nine in Berlin
    assert days.begin_of(date(2026, 7, 3)) == at("2026-07-03T01:00")
    assert not days.is_excused(date(2026, 7, 2))


def test_move_that_leaves_a_day_less_than_twelve_hours_excuses_it():
    east = Days("America/New_York", [Move("Pacific/Auckland", at("2026-03-10T18:00"))], day_start=3)
    assert [day for day in range(8, 15) if east.is_excused(date(2026, 3, day))] == [11]
    farther = Days("Pacific/Honolulu", [Move("Pacific/Kiritimati", at("2026-03-10T18:00"))], day_start=3)
    assert [day for day in range(8, 15) if farther.is_excused(date(2026, 3, day))] == [11]
    assert farther.begin_of(date(2026, 3, 11)) == farther.begin_of(date(2026, 3, 12))


def test_move_to_the_west_makes_a_day_long_and_none_comes_twice():
    west = Days("Pacific/Auckland", [Move("America/New_York", at("2026-03-10T18:00"))], day_start=3)
    assert west.begin_of(date(2026, 3, 12)) - west.begin_of(date(2026, 3, 11)) == 41 * HOUR
    back = Days("Pacific/Kiritimati", [Move("Pacific/Pago_Pago", at("2026-03-10T18:00"))], day_start=3)
    hours = [back.day_of(at("2026-03-10T00:00") + hour * HOUR) for hour in range(96)]
    assert hours == sorted(hours)


def test_second_move_within_a_week_waits_and_one_that_is_taken_back_never_was():
    moves = [Move("Europe/Berlin", at("2026-07-01T12:00")), Move("Asia/Tokyo", at("2026-07-03T12:00"))]
    days = Days("UTC", moves, day_start=3)
    assert days.begin_of(date(2026, 7, 9)) == at("2026-07-09T01:00")
    assert days.begin_of(date(2026, 7, 11)) == at("2026-07-10T18:00")
    home = [*moves, Move("Europe/Berlin", at("2026-07-05T12:00"))]
    assert Days("UTC", home, day_start=3).begin_of(date(2026, 7, 11)) == at("2026-07-11T01:00")


def test_acts_close_to_each_other_count_for_the_earlier_day():
    days, counted = Days("UTC", day_start=3), []
    for text in ("2026-07-02T02:50", "2026-07-02T03:10", "2026-07-02T06:00", "2026-07-02T06:50"):
        counted.append(Act(at(text), days.day_for(at(text), counted)))
    assert [act.day.day for act in counted] == [1, 1, 1, 2]


MOMENTS = st.integers(0, 6 * 24 * 60).map(lambda minute: at("2026-03-05T00:00") + minute * MINUTE)
ZONES = st.sampled_from(["UTC", "America/New_York", "Pacific/Auckland", "Pacific/Honolulu", "Africa/Casablanca"])


@settings(max_examples=60, deadline=None, database=None)
@given(st.lists(MOMENTS, max_size=12), ZONES, st.lists(st.builds(Move, ZONES, MOMENTS), max_size=3), st.integers(0, 6))
def test_acts_less_than_four_hours_apart_never_fill_two_days(moments, zone, moves, start):
    days, counted = Days(zone, moves, day_start=start), []
    for moment in sorted(moments):
        counted.append(Act(moment, days.day_for(moment, counted)))
    first = {act.day: act.at for act in reversed(counted)}
    assert all(abs(one - other) >= APART for one, other in combinations(first.values(), 2))
