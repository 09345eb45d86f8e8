"""Caps are a matter of which entries stand; levels of what they come to."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from accounts.models import User
from communities.models import Community, Membership
from gamification.models import DailyXP, Entry
from gamification.rules import RULES, VERSION, level_of, xp_of
from gamification.summing import sum_up
from tests.factories import make_user
from tests.gamification.book import levels, xp

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


class Ledger:
    """Writes entries of one member by hand."""

    def __init__(self, user: User, community: Community) -> None:
        self.user, self.community, self.number = user, community, 0

    def add(self, rule: str, *, actor: User | None = None, at: datetime = NOON, **fields: object) -> Entry:
        self.number += 1
        given = {"amount": RULES[rule].xp, "source_id": self.number, "community": self.community} | fields
        return Entry.objects.create(
            user=self.user,
            actor=actor,
            rule=rule,
            rule_version=VERSION,
            source_type="post",
            idempotency_key=f"{rule}:{self.user.pk}:{self.number}",
            occurred_at=at,
            utc_date=at.date(),
            local_date=at.date(),
            **given,
        )

    def sum(self) -> int:
        sum_up(Entry.objects.values_list("user", "utc_date"))
        return xp(self.user)


@pytest.fixture
def ledger(bob, algebra) -> Ledger:
    return Ledger(bob, algebra)


def test_votes_of_a_day_bring_two_hundred_and_the_rest_besides(ledger, bob):
    for number in range(25):
        ledger.add("A2", actor=make_user(f"voter{number}"))
    assert ledger.sum() == 200
    ledger.add("A4", actor=make_user("asker"))
    ledger.add("A3", actor=make_user("critic"))
    ledger.add("A2", actor=make_user("tomorrow"), at=NOON + timedelta(days=1))
    assert ledger.sum() == 200 + 25 - 2 + 10
    today, tomorrow = DailyXP.objects.order_by("utc_date").values_list("raw", "effective")
    assert (today, tomorrow) == ((250 + 25 - 2, 223), (10, 10))


def test_one_person_brings_another_thirty_a_day_and_a_hundred_a_month(ledger, ada):
    for day in range(5):
        for _ in range(4):
            ledger.add("A2", actor=ada, at=NOON + timedelta(days=day))
    assert ledger.sum() == 100
    assert list(DailyXP.objects.order_by("utc_date").values_list("effective", flat=True)) == [30, 30, 30, 10, 0]
    ledger.add("A2", actor=ada, at=NOON + timedelta(days=22))
    assert ledger.sum() == 110


def test_what_leaves_the_cap_makes_room_for_the_rest(ledger, ada):
    entries = [ledger.add("A2", actor=ada) for _ in range(4)]
    assert ledger.sum() == 30
    fields = {"idempotency_key": "back", "reversal_of": entries[0], "amount": -10}
    Entry.objects.create(
        **{name: getattr(entries[0], name) for name in ("user", "actor", "community", "rule", "rule_version")},
        **{name: getattr(entries[0], name) for name in ("source_type", "source_id", "occurred_at")},
        **{name: getattr(entries[0], name) for name in ("utc_date", "local_date")},
        **fields,
    )
    assert ledger.sum() == 30


def test_questions_and_answers_that_stood_count_so_often_a_day(ledger):
    for _ in range(11):
        ledger.add("Q1")
        ledger.add("A1")
    assert ledger.sum() == 5 * 3 + 10 * 4


def test_caps_do_not_depend_on_the_order_in_which_entries_came(otto, ada, algebra):
    sums = set()
    for number, order in enumerate(permutations(["A4", "A2", "A3", "A2"])):
        ledger = Ledger(make_user(f"order{number}"), algebra)
        at = {"A4": NOON, "A2": NOON + timedelta(hours=1), "A3": NOON - timedelta(hours=1)}
        for rule in order:
            ledger.add(rule, actor=ada, at=at[rule], source_id=number * 10 + len(rule))
            ledger.add("A2", actor=otto, at=at[rule])
        sums.add(ledger.sum())
    assert len(sums) == 1


def test_held_and_void_entries_count_for_nothing(ledger):
    ledger.add("A2", status="held")
    ledger.add("A2", status="void")
    assert ledger.sum() == 0


def test_levels_rise_by_the_curve_and_stay(ledger, bob, ada, algebra):
    elsewhere = Community.objects.create(name="Chess", slug="chess", created_by=ada)
    Membership.objects.create(community=elsewhere, user=bob)
    for number in range(20):
        ledger.add("A2", actor=make_user(f"voter{number}"), community=elsewhere)
    last = ledger.add("Q1", at=NOON - timedelta(days=1))
    assert (ledger.sum(), levels(bob)) == (203, (3, [1, 3]))
    Entry.objects.exclude(pk=last.pk).update(status="void")
    assert (ledger.sum(), levels(bob)) == (3, (3, [1, 3]))


def test_sum_below_zero_is_kept_and_shown_as_zero(ledger, bob):
    ledger.add("A3")
    assert (ledger.sum(), bob.shown_xp, levels(bob)[0]) == (-2, 0, 1)


@pytest.mark.parametrize(("level", "total"), [(1, 0), (2, 50), (3, 200), (5, 800), (6, 1250), (10, 4050), (20, 18050)])
def test_level_and_its_xp_are_each_others_inverse(level, total):
    assert (xp_of(level), level_of(total), level_of(max(0, total - 1))) == (total, level, max(1, level - 1))
