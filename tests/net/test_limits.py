"""Rate limits: so many in a window, exact also when all come at once, and how long to wait is told."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from net import limits
from net.limits import Rate, TooOften, spend

MINUTE = 60


@pytest.fixture
def clock(monkeypatch):
    """The moment that the limits go by, to be set."""
    now = [1_000_000 * MINUTE + 5.5]
    monkeypatch.setattr(limits.time, "time", lambda: now[0])
    return now


def refused(*given) -> int:
    """Seconds to wait, 0 when it was allowed."""
    try:
        spend(*given)
    except TooOften as refusal:
        return refusal.retry_after
    return 0


def test_so_many_in_a_window_and_then_the_rest_of_it_to_wait(clock):
    rate = Rate(3, MINUTE)
    assert [refused("vote", "ada", rate) for _ in range(5)] == [0, 0, 0, 55, 55]
    clock[0] += 54.4
    assert refused("vote", "ada", rate) == 1


def test_the_next_window_begins_anew(clock):
    rate = Rate(1, MINUTE)
    assert [refused("vote", "ada", rate) for _ in range(2)] == [0, 55]
    clock[0] += 54.6
    assert [refused("vote", "ada", rate) for _ in range(2)] == [0, MINUTE]


def test_verbs_and_people_are_counted_apart(clock):
    rate = Rate(1, MINUTE)
    tries = [("vote", "ada"), ("vote", "bob"), ("join", "ada"), ("vote", 1), ("vote", "ada")]
    assert [refused(*who, rate) > 0 for who in tries] == [False, False, False, False, True]


def test_refusal_says_the_rate(clock):
    with pytest.raises(TooOften, match="at most 0 in 60 seconds") as refusal:
        spend("vote", "ada", Rate(0, MINUTE))
    assert refusal.value.rate == Rate(0, MINUTE)


def test_all_at_once_get_exactly_what_is_allowed():
    rate = Rate(25, 24 * 3600)
    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(lambda _: refused("vote", "ada", rate) == 0, range(80)))
    assert outcomes.count(True) == 25
