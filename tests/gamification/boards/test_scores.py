"""What stands on a leaderboard, and who sees whom there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from accounts.signals import suspension_changed
from communities.actions.answering import accept_answer, unaccept_answer
from communities.actions.community import leave_community
from gamification.boards import ranks
from gamification.boards.ranks import rebuild, rebuild_rungs
from gamification.models import Board, DailyXP, Entry, Player, Rescore, Rung, Score, Span
from gamification.tasks import refresh_scores
from tests.factories import make_user
from tests.gamification.boards.standing import earn, refresh, seen, show, today

SUNDAY, MONDAY = date(2026, 3, 8), date(2026, 3, 9)


def scores(person: User) -> dict[tuple[str, str, date | None], int]:
    rows = Score.objects.filter(user=person).values_list("board__community__name", "board__span", "board__start", "xp")
    return {(name or "all", span, start): xp for name, span, start, xp in rows}


def test_xp_of_the_ledger_stand_on_all_boards_once_and_leave_them_when_taken_back(answer, bob, ada):
    accept_answer(answer, by=ada)
    for _twice in range(2):
        refresh_scores(bob.pk)
    week, month = today() - timedelta(days=today().weekday()), today().replace(day=1)
    assert scores(bob) == {
        (name, span, start): 25
        for name in ("all", "Algebra")
        for span, start in (("week", week), ("month", month), ("all", None))
    }
    assert Score.objects.filter(user=bob).first().reached_at == Entry.objects.get(user=bob).occurred_at
    unaccept_answer(answer, by=ada)
    refresh_scores(bob.pk)
    assert scores(bob) == {}


def test_who_waits_for_their_scores_is_known_when_the_task_was_lost(answer, bob, ada):
    accept_answer(answer, by=ada)
    assert list(Rescore.objects.waiting()) == []
    Rescore.objects.update(since=datetime(2026, 1, 1, tzinfo=UTC))
    assert sorted(Rescore.objects.waiting()) == sorted([ada.pk, bob.pk])
    refresh_scores(bob.pk)
    assert list(Rescore.objects.waiting()) == [ada.pk]


def test_closed_week_stays_as_it_was_when_its_last_minute_has_settled(bob, algebra):
    earn(bob, 10, algebra, on=SUNDAY)
    within, later = (datetime(2026, 3, 10, 1, 59, tzinfo=UTC), datetime(2026, 3, 10, 2, 1, tzinfo=UTC))
    refresh(bob, now=within)
    week = ("Algebra", "week", date(2026, 3, 2))
    assert scores(bob)[week] == 10
    DailyXP.objects.update(effective=4)
    refresh(bob, now=within)
    assert scores(bob)[week] == 4
    DailyXP.objects.update(effective=7)
    refresh(bob, now=later)
    assert (scores(bob)[week], scores(bob)["Algebra", "month", date(2026, 3, 1)]) == (4, 7)
    assert scores(bob)["all", "all", None] == 7


def test_equal_scores_share_a_place_and_the_earlier_one_stands_above(ada, bob, mina, otto, algebra):
    for person, xp, minute in ((ada, 5, 0), (bob, 20, 2), (mina, 20, 1), (otto, 50, 3)):
        earn(person, xp, None, minute=minute)
    show(ada, bob, mina, otto)
    refresh(ada, bob, mina, otto)
    expected = [(1, "Otto", 50), (2, "Mina", 20), (2, "Bob", 20), (4, "Ada", 5)]
    assert [seen(person) for person in (ada, bob, otto)] == [expected] * 3
    assert seen(ada, top=True) == expected


def test_five_above_and_five_below_at_both_ends_and_in_the_middle(otto):
    people = [make_user(f"person{n:02}") for n in range(14)]
    for number, person in enumerate(people):
        earn(person, 100 - number // 2, None, minute=number)
    show(*people)
    refresh(*people)
    names = [f"person{n:02}" for n in range(14)]
    places = [1 + n - n % 2 for n in range(14)]
    for me, first, last in ((0, 0, 5), (7, 2, 12), (13, 8, 13)):
        lines = seen(people[me])
        assert [line[:2] for line in lines] == list(zip(places, names, strict=True))[first : last + 1]
    assert [name for _, name, _ in seen(otto)] == names[-5:]
    assert [name for _, name, _ in seen(otto, top=True)] == names[:10]


def test_who_is_hidden_quiet_unchosen_suspended_or_gone_is_seen_by_nobody_but_themselves(ada, bob, mina, otto, algebra):
    people = {name: make_user(name) for name in ("hidden", "unchosen", "suspended", "quiet", "stub", "left")}
    people["stub"].origin_url = "https://elsewhere.example/users/stub"
    people["stub"].save()
    for number, person in enumerate((*people.values(), ada)):
        earn(person, 100 - number, algebra, minute=number)
    show(ada, *people.values())
    refresh(ada, *people.values())
    assert [line[:2] for line in seen(ada)][-2:] == [(5, "left"), (6, "Ada")]
    Player.objects.filter(user=people["hidden"]).update(shown_as="hidden")
    Player.objects.filter(user=people["unchosen"]).delete()
    User.objects.filter(pk=people["suspended"].pk).update(is_active=False)
    User.objects.filter(pk=people["quiet"].pk).update(is_quiet=True)
    for community in (None, algebra):  # at once, before anything was counted anew
        names = [name for _, name, _ in seen(ada, community)]
        assert names == [*(["left"] if community is None else []), "Ada"]
    refresh(*people.values())
    assert seen(ada) == [(1, "left", 95), (2, "Ada", 94)]
    assert seen(people["hidden"])[0] == (1, "hidden", 100)
    assert seen(ada, algebra) == [(1, "Ada", 94)]


def test_who_is_suspended_or_claimed_is_scored_anew_and_nobody_who_signs_in(ada, bob, mina, client_of):
    User.objects.filter(pk=bob.pk).update(origin_url="https://elsewhere.example/users/bob")
    bob.refresh_from_db()
    for person in (mina, bob):
        client_of(person)
    assert list(Rescore.objects.values_list("user", flat=True)) == [bob.pk]
    suspension_changed.send(User, user=ada)
    assert set(Rescore.objects.values_list("user", flat=True)) == {ada.pk, bob.pk}


def test_who_leaves_a_community_leaves_its_board(ada, bob, algebra):
    for person, xp in ((ada, 5), (bob, 10)):
        earn(person, xp, algebra)
    show(ada, bob)
    refresh(ada, bob)
    assert seen(ada, algebra) == [(1, "Bob", 10), (2, "Ada", 5)]
    leave_community(algebra, by=bob)
    refresh_scores(bob.pk)
    assert (seen(ada, algebra), len(seen(ada))) == ([(1, "Ada", 5)], 2)


@given(xp=st.lists(st.integers(1, 30), min_size=1, max_size=40), asked=st.integers(-1, 32))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_place_looked_up_is_the_place_counted(people, monkeypatch, xp, asked):
    board = Board.objects.create(span=Span.MONTH, start=date(2026, 3, 1))
    at = datetime(2026, 3, 1, tzinfo=UTC)
    Score.objects.bulk_create(
        Score(board=board, user=person, xp=amount, is_listed=amount % 7 != 0, reached_at=at)
        for person, amount in zip(people, xp, strict=False)
    )
    counted = ranks.ranks(board.pk, [asked, *xp])
    monkeypatch.setattr(ranks, "IS_LARGE", "SELECT %(board)s::bigint > 0")
    rebuild(board.pk)
    assert Rung.objects.filter(board=board).exists()
    assert ranks.ranks(board.pk, [asked, *xp]) == counted
    board.delete()


@pytest.fixture
def people(db) -> list[User]:
    return [make_user(f"person{n}") for n in range(40)]


def test_small_boards_need_no_rungs_and_lose_them(bob, algebra):
    earn(bob, 10, algebra)
    show(bob)
    refresh(bob)
    board = Board.objects.get(community=algebra, span=Span.ALL)
    Rung.objects.create(board=board, xp=1, above=9)
    Rescore.objects.get_or_create(user=bob, defaults={"since": datetime(2026, 1, 1, tzinfo=UTC)})
    DailyXP.objects.update(effective=12)
    refresh_scores(bob.pk)
    assert Board.objects.exclude(changed_at=None).filter(pk=board.pk).exists()
    rebuild_rungs()
    assert (Rung.objects.count(), Board.objects.exclude(changed_at=None).count()) == (0, 0)
