"""Everything that is worked out from the ledger is worked out again beside it, and held against it."""

import logging
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from communities.actions.voting import cast_vote
from communities.models import Membership
from gamification.boards import ranks
from gamification.boards.ranks import rebuild
from gamification.models import Board, DailyXP, Entry, Rescore, Rung, Score, Span
from gamification.recomputing.shadow import fill_shadow
from gamification.rules import RECOMPUTED_A_NIGHT, RECOMPUTED_AT_ONCE, RULES, VERSION
from gamification.summing import sum_up
from gamification.tasks import recompute_some, refresh_scores
from tests.factories import make_community, make_user
from tests.gamification.boards.standing import show


def recompute(*options: str) -> list[str]:
    said = StringIO()
    call_command("recompute_leaderboards", *options, stdout=said)
    return said.getvalue().splitlines()


def check(*options: str) -> list[str]:
    """What it says, when it fails."""
    said = StringIO()
    with pytest.raises(CommandError, match="differences among"):
        call_command("recompute_leaderboards", "--check", *options, stdout=said)
    return said.getvalue().splitlines()


@pytest.fixture
def earned(ada, bob, answer) -> Entry:
    """Bob earned ten XP, and every board knows it."""
    show(bob)
    cast_vote(answer, by=ada, value=1)
    for person in (ada, bob):
        refresh_scores(person.pk)
    return Entry.objects.get()


def derived() -> list[list[tuple]]:
    """All that is worked out, without the numbers of rows."""
    return [
        sorted(DailyXP.objects.values_list("user", "community", "utc_date", "raw", "effective", "reached_at"), key=str),
        sorted(User.objects.values_list("username", "xp", "level")),
        sorted(Membership.objects.values_list("user", "xp", "level")),
        sorted(Score.objects.values_list("user", "board", "xp", "is_listed", "reached_at")),
    ]


def test_nothing_differs_where_all_is_right(earned):
    before = derived()
    assert recompute("--check") == [f"{User.objects.count()} members: nothing differs."]
    recompute()
    assert derived() == before


def test_each_number_that_was_tampered_with_is_found_told_and_mended(earned, ada, bob, algebra):
    before, board = derived(), Board.objects.get(community=algebra, span=Span.ALL)
    DailyXP.objects.update(effective=99)
    User.objects.filter(pk=ada.pk).update(xp=7)
    Membership.objects.filter(user=bob).update(xp=3)
    Score.objects.filter(board=board).update(xp=11)
    at = f"{earned.occurred_at:%Y-%m-%d %H:%M:%S.%f}".rstrip("0") + "+00"
    assert check() == [
        f"day {earned.utc_date} of member {bob.pk} in community {algebra.pk}: 10 99 {at}, not 10 10 {at}",
        f"member {ada.pk}: 7 level 1, not 0 level 1",
        f"membership {Membership.objects.get(user=bob).pk}: 3 level 1, not 10 level 1",
        f"score of member {bob.pk} on board {board.pk}: 11 {at}, not 10 {at}",
    ]
    assert (DailyXP.objects.get().effective, User.objects.get(pk=ada.pk).xp) == (99, 7)
    assert recompute()[-1] == f"{User.objects.count()} members: 4 rows mended."
    assert derived() == before


def test_all_is_built_from_the_ledger_alone(earned, bob):
    before = derived()
    DailyXP.objects.all().delete()
    Score.objects.all().delete()
    Board.objects.all().delete()
    User.objects.update(xp=0)
    Membership.objects.update(xp=0)
    recompute()
    boards = {board.pk for board in Board.objects.all()}
    assert derived()[:3] == before[:3]
    assert {row[1] for row in derived()[3]} == boards
    assert [row[2:] for row in derived()[3]] == [row[2:] for row in before[3]]
    assert recompute("--check") == [f"{User.objects.count()} members: nothing differs."]


def test_only_those_of_one_community_are_looked_at(earned, ada, bob, eve, otto):
    make_community(otto, eve, name="Chess")
    User.objects.filter(pk__in=(bob.pk, eve.pk)).update(xp=7)
    assert check("--community", "chess") == [f"member {eve.pk}: 7 level 1, not 0 level 1"]
    assert check("--community", "algebra") == [f"member {bob.pk}: 7 level 1, not 10 level 1"]
    with pytest.raises(CommandError, match="There is no community nowhere"):
        recompute("--community", "nowhere")


@pytest.mark.django_db(transaction=True)
def test_slices_on_two_connections_are_told_in_order_and_mended(ada):
    """Each people of its own; after one that differed the next is mended at once."""
    last = ada.pk
    for turn in range(1, 5):
        last = make_user(f"of-slice-{turn}", pk=ada.pk + turn * RECOMPUTED_AT_ONCE).pk
    User.objects.exclude(pk=last).update(xp=7)
    wrong = [f"member {pk}: 7 level 1, not 0 level 1" for pk in range(ada.pk, last, RECOMPUTED_AT_ONCE)]
    assert check() == wrong
    assert recompute() == [*wrong, "5 members: 4 rows mended."]
    assert recompute() == ["5 members: nothing differs."]


def test_score_that_waits_for_its_task_is_no_difference(earned, bob):
    Score.objects.filter(user=bob).update(xp=2)
    Rescore.objects.create(user=bob, since=timezone.now())
    assert recompute("--check")[-1].endswith("nothing differs.")
    recompute()
    assert (set(Score.objects.values_list("xp", flat=True)), Rescore.objects.count()) == ({10}, 1)


def test_rung_that_is_wrong_is_found(earned, monkeypatch):
    board = Board.objects.get(community=None, span=Span.ALL)
    Board.objects.update(changed_at=None)
    monkeypatch.setattr(ranks, "IS_LARGE", "SELECT %(board)s::bigint > 0")
    rebuild(board.pk)
    Rung.objects.filter(xp=10).update(above=4)
    assert check() == [f"rung 10 of board {board.pk}: 4, not 0"]


def test_each_night_some_are_looked_at_and_what_differs_is_an_error(earned, bob, caplog):
    tonight = timezone.now().date().toordinal() % RECOMPUTED_A_NIGHT
    chosen = make_user("nora", pk=400_000 + tonight)
    User.objects.filter(pk__in=(chosen.pk, make_user("olaf", pk=400_000 + tonight + 1).pk)).update(xp=7)
    with caplog.at_level(logging.ERROR):
        recompute_some()
    assert [record.getMessage() for record in caplog.records] == [
        f"not what the ledger says: member {chosen.pk}: 7 level 1, not 0 level 1"
    ]
    assert sorted(User.objects.filter(pk__gt=400_000 - 1).values_list("username", "xp")) == [("nora", 0), ("olaf", 7)]


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from([rule for rule in RULES if rule != "T1"]),
        st.integers(0, 2),
        st.integers(0, 40),
        st.sampled_from(["posted", "posted", "posted", "held"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=60,
)


@given(entries=ENTRIES)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_days_in_the_shadow_are_those_that_every_cap_leaves(bob, otto, ada, algebra, entries):
    """Whether or not a cap can bite: both ways of working them out say the same."""
    made = []
    for number, (rule, actor, hours, status, is_back) in enumerate(entries):
        at = datetime(2026, 3, 31, 12, tzinfo=UTC) + timedelta(hours=hours)
        entry = Entry.objects.create(
            user=bob,
            community=(algebra, None)[number % 2],
            actor=(None, ada, otto)[actor],
            rule=rule,
            rule_version=VERSION,
            amount=RULES[rule].xp,
            source_type="post",
            source_id=number,
            idempotency_key=f"{Entry.objects.count()}",
            status=status,
            occurred_at=at,
            utc_date=at.date(),
            local_date=at.date(),
        )
        made.append((entry, is_back))
    for entry, is_back in made:
        if is_back:
            fields = {f.attname: getattr(entry, f.attname) for f in Entry._meta.concrete_fields if not f.primary_key}
            fields |= {"amount": -entry.amount, "reversal_of_id": entry.pk}
            Entry.objects.create(**fields | {"idempotency_key": f"{Entry.objects.count()}"})
    sum_up(Entry.objects.values_list("user", "utc_date"))
    with connection.cursor() as cursor:
        fill_shadow(cursor, {"people": [bob.pk]})
        cursor.execute("SELECT community_id, utc_date, raw, effective, reached_at FROM shadow_day")
        shadow = sorted(cursor.fetchall(), key=str)
    days = DailyXP.objects.values_list("community", "utc_date", "raw", "effective", "reached_at")
    assert shadow == sorted(days, key=str)
