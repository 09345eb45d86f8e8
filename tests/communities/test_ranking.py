"""The order of answers: the definitions by number, and that an up vote never harms."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.ranking import Sort, in_order, pin_holds, quality

START = datetime(2026, 1, 1, tzinfo=UTC)
ASKER, ANSWERER = 1, 2


@dataclass(frozen=True)
class Row:
    id: int
    up: int = 0
    down: int = 0
    author_id: int = ANSWERER
    created_at: datetime = START
    edited_at: datetime | None = None
    accepted_at: datetime | None = None
    accepted_by_id: int | None = None
    endorsed_at: datetime | None = None
    stale_at: datetime | None = None


def accepted(row: Row) -> Row:
    return replace(row, accepted_at=START, accepted_by_id=ASKER)


def endorsed(row: Row) -> Row:
    return replace(row, endorsed_at=START)


def stale(row: Row) -> Row:
    return replace(row, stale_at=START)


def order(*rows: Row, sort: Sort = Sort.BEST) -> list[int]:
    return [row.id for row in in_order(rows, sort)]


@pytest.mark.parametrize(
    ("up", "down", "expected"),
    [(0, 0, 0.50), (1, 0, 0.60), (4, 0, 0.75), (7, 0, 0.82), (9, 2, 0.73), (0, 1, 0.40)],
)
def test_quality_is_as_defined(up, down, expected):
    assert round(quality(up, down), 2) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(("up", "down"), [(0, 0), (1, 0), (9, 2), (0, 5), (731, 12)])
def test_the_database_computes_the_same_quality(answer, up, down):
    type(answer).objects.filter(pk=answer.pk).update(up=up, down=down)
    answer.refresh_from_db()
    assert answer.quality == pytest.approx(quality(up, down), abs=1e-12)


def test_best_goes_by_quality_not_by_net():
    assert order(Row(1, 9, 2), Row(2, 7, 0), Row(3), Row(4, 0, 5), Row(5, 1, 0)) == [2, 1, 5, 3, 4]


def test_equal_quality_goes_by_net_then_age_then_id():
    assert quality(2, 2) == quality(0, 0)
    old, young = START, START + timedelta(days=1)
    assert order(Row(4, created_at=young), Row(3), Row(2, created_at=old), Row(1, 2, 2, created_at=young)) == [
        2,
        3,
        1,
        4,
    ]


@pytest.mark.parametrize(("lead", "first"), [(4, 1), (5, 2), (6, 2)])
def test_pin_is_lost_when_another_leads_by_five(lead, first):
    for start in (0, 3):
        rows = (accepted(Row(1, up=start)), Row(2, up=start + lead))
        assert order(*rows)[0] == first


def test_pin_counts_net_votes():
    pinned = accepted(Row(1, up=1, down=3))
    assert pin_holds(pinned, [pinned, Row(2, up=4, down=2)])
    assert not pin_holds(pinned, [pinned, Row(2, up=5, down=2)])


def test_accepted_below_others_stands_first_while_the_pin_holds():
    assert order(Row(1, up=4), accepted(Row(2, down=0)), Row(3, up=2)) == [2, 1, 3]


def test_self_accepted_has_no_pin():
    own = accepted(Row(1, author_id=ASKER))
    assert order(own, Row(2, up=1)) == [2, 1]
    assert order(accepted(Row(1)), Row(2, up=1)) == [1, 2]


def test_endorsed_stands_before_pinned_before_others_before_stale():
    rows = (stale(Row(1, up=4)), Row(2, up=4), accepted(Row(3)), endorsed(Row(4)), stale(endorsed(Row(5, up=3))))
    assert order(*rows) == [4, 2, 3, 1, 5]
    assert order(*rows[:3]) == [3, 2, 1]
    assert order(stale(accepted(Row(1, up=4))), Row(2)) == [2, 1]


def test_pin_is_lost_when_another_one_is_endorsed_and_it_is_not():
    rows = (accepted(Row(1)), Row(2, up=4), Row(3))
    assert order(*rows) == [1, 2, 3]
    assert order(rows[0], rows[1], endorsed(rows[2])) == [3, 2, 1]
    assert order(endorsed(rows[0]), rows[1], endorsed(rows[2])) == [1, 3, 2]
    assert order(rows[0], rows[1], stale(endorsed(rows[2]))) == [1, 2, 3]


def test_other_orders():
    day = timedelta(days=1)
    rows = (
        accepted(Row(1, up=1)),
        Row(2, up=5, down=3, created_at=START + day),
        Row(3, up=2, created_at=START + 2 * day),
        Row(4, created_at=START - day, edited_at=START + 3 * day),
    )
    assert order(*rows, sort=Sort.NEWEST) == [3, 2, 1, 4]
    assert order(*rows, sort=Sort.OLDEST) == [4, 1, 2, 3]
    assert order(*rows, sort=Sort.SCORE) == [2, 3, 1, 4]
    assert order(*rows, sort=Sort.EDITED) == [4, 3, 2, 1]


votes = st.tuples(st.integers(0, 12), st.integers(0, 12))
threads = st.lists(st.tuples(votes, st.integers(0, 3)), min_size=1, max_size=7)


@given(threads, st.data())
def test_an_up_vote_never_lowers_an_answer(drawn, data):
    rows = [
        Row(number, up, down, created_at=START + timedelta(days=age))
        for number, ((up, down), age) in enumerate(drawn, start=1)
    ]
    for vouch in (endorsed, stale):
        rows = [vouch(row) if data.draw(st.booleans()) else row for row in rows]
    if data.draw(st.booleans()):
        rows[0] = accepted(rows[0])
    chosen = data.draw(st.sampled_from(rows))
    better = [replace(row, up=row.up + 1) if row is chosen else row for row in rows]
    for sort in (Sort.BEST, Sort.SCORE):
        assert order(*better, sort=sort).index(chosen.id) <= order(*rows, sort=sort).index(chosen.id)


@given(threads)
def test_every_answer_stands_in_every_order_once(drawn):
    rows = [Row(n, up, down, created_at=START + timedelta(days=age)) for n, ((up, down), age) in enumerate(drawn)]
    for sort in Sort:
        assert sorted(order(*rows, sort=sort)) == [row.id for row in rows]
        assert order(*reversed(rows), sort=sort) == order(*rows, sort=sort)
