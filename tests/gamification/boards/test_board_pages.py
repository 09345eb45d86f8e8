"""Leaderboards as members read them, and how they choose to appear."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.models import Visibility
from gamification.boards.times import monday_of
from gamification.models import Player, Rescore
from gamification.tasks import refresh_scores
from tests.factories import make_answer, make_community, make_post, make_user
from tests.gamification.boards.standing import earn, refresh, seen, show, today


def words(element) -> str:
    return " ".join(element.get_text(" ", strip=True).split())


def lines(page) -> list[str]:
    return [words(line) for line in page.select(".board__line")]


@pytest.fixture
def board(ada, bob, mina, algebra) -> str:
    """Ada and Bob are on it, Mina has not chosen."""
    for person, xp in ((ada, 20), (bob, 1_250), (mina, 30)):
        earn(person, xp, algebra)
    show(ada, bob)
    refresh(ada, bob, mina)
    return "/c/algebra/leaderboard/"


def test_board_shows_those_who_chose_so_and_oneself(ada, bob, mina, eve, board, client_of, read):
    assert lines(read(client_of(ada).get(board))) == ["Place 1 Bob 1,250 XP", "Place 2 You 20 XP"]
    page = read(client_of(mina).get(board))
    assert lines(page) == ["Place 1 Bob 1,250 XP", "Place 2 You 30 XP", "Place 2 Ada 20 XP"]
    assert words(page.select_one(".board-mine")) == "You are in place 2 with 30 XP."
    assert page.select_one("details.appearing").has_attr("open")
    assert lines(read(client_of(eve).get(f"{board}?span=all&top"))) == ["Place 1 Bob 1,250 XP", "Place 2 Ada 20 XP"]
    assert lines(read(client_of(eve).get(f"{board}?span=month&start=2026-01-01"))) == []


@pytest.mark.parametrize("query", ["span=day", "start=2026-02-31", "start=2026-01-06", "start=2999-01-04", "start="])
def test_board_of_no_week_is_not_there(ada, client_of, query):
    assert client_of(ada).get(f"/leaderboard/?{query}").status_code == 404


def test_board_of_a_private_community_is_there_for_its_members_alone(otto, ada, eve, client_of, read):
    circle = make_community(otto, ada, name="Circle", visibility=Visibility.PRIVATE)
    earn(ada, 10, circle)
    show(ada, eve)
    refresh(ada)
    assert lines(read(client_of(otto).get("/c/circle/leaderboard/?span=all"))) == ["Place 1 Ada 10 XP"]
    assert client_of(eve).get("/c/circle/leaderboard/").status_code == 404
    everybody = client_of(eve).get("/leaderboard/?span=all")
    assert lines(read(everybody)) == ["Place 1 Ada 10 XP"]
    assert b"ircle" not in everybody.content


def test_other_name_hides_who_it_is_and_choice_is_changed_on_the_same_page(ada, bob, board, client_of, read):
    browser = client_of(bob)
    given = {"shown_as": "pseudonym", "pseudonym": "  Quiet   Heron "}
    assert browser.post(board, given)["Location"] == board
    page = read(client_of(ada).get(board))
    assert (lines(page)[0], page.select_one(".board__line a")) == ("Place 1 Quiet Heron 1,250 XP", None)
    assert "bob" not in str(page.select_one(".board")).lower()
    browser.post(board, {"shown_as": "hidden"})
    assert lines(read(client_of(ada).get(board))) == ["Place 2 You 20 XP"]
    refresh_scores(bob.pk)
    assert lines(read(client_of(ada).get(board))) == ["Place 1 You 20 XP"]
    assert lines(read(browser.get(board))) == ["Place 1 You 1,250 XP", "Place 1 Ada 20 XP"]
    assert (Player.objects.get(user=bob).pseudonym, Rescore.objects.filter(user=bob).count()) == (None, 0)


def test_profile_gives_xp_and_level_to_others_only_of_who_goes_by_their_name(ada, bob, client_of, read):
    seen = []
    for shown_as in ("", "name", "pseudonym", "hidden"):
        Player.objects.update_or_create(user=bob, defaults={"shown_as": shown_as, "pseudonym": "Quiet Heron"})
        pages = [read(client_of(person).get("/members/bob/")) for person in (bob, ada, None)]
        seen.append([len(page.select(".xp-card__sum")) for page in pages])
        assert ["Level" in page.select_one("main").parent.get_text() for page in pages] == [bool(n) for n in seen[-1]]
    assert seen == [[1, 1, 1], [1, 1, 1], [1, 0, 0], [1, 0, 0]]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("BOB", "Somebody else is known by this name; choose another."),
        ("the owl", "Somebody else is known by this name; choose another."),
        ("Robert B", "Somebody else is known by this name; choose another."),
        ("moderator", "This name is kept for the place itself; choose another."),
        ("★ Ada ★", "Use letters, digits, blanks, dots, hyphens and apostrophes."),
        ("", "Say which name."),
        ("x", "This is too short: at least 2 characters that can be seen, and it has 1."),
    ],
)
def test_name_of_another_is_refused_and_kept_in_the_form(ada, bob, eve, client_of, read, name, sentence):
    bob.name = "Robert B"
    bob.save()
    Player.objects.create(user=eve, shown_as="pseudonym", pseudonym="The Owl")
    answer = client_of(ada).post("/leaderboard/", {"shown_as": "pseudonym", "pseudonym": name})
    page = read(answer)
    assert (answer.status_code, words(page.select_one(".form__errors li"))) == (422, f"Your other name : {sentence}")
    assert page.select_one("[name=pseudonym]").get("value", "") == name
    assert Player.objects.filter(user=ada).first() is None


def test_goal_counts_what_last_week_left_open_and_others_answered_since(ada, bob, algebra, client_of, read):
    monday = monday_of(today())
    last_week = timezone.now() - timedelta(days=(today() - monday).days + 3)
    posts = [make_post(ada, algebra, title=f"Question number {n} of last week") for n in range(5)]
    make_answer(bob, posts[0])
    make_answer(ada, posts[1])
    old = make_answer(bob, posts[4])
    for thing in (*posts, old):
        type(thing).objects.filter(pk=thing.pk).update(created_at=last_week)
    make_post(ada, algebra, title="One more question of this week")
    page = read(client_of(bob).get("/c/algebra/leaderboard/"))
    assert words(page.select_one("#goal p")) == "Answer 2 of last week’s open questions."
    assert (page.select_one("#goal progress")["value"], page.select_one("#goal progress")["max"]) == ("1", "2")
    beside = read(client_of(bob).get("/c/algebra/"))
    assert words(beside.select_one("#goal .card__facts")) == "1 of 2 answered"
    assert read(client_of(None).get("/c/algebra/")).select_one("#goal") is None
    assert words(read(client_of(ada).get("/leaderboard/")).select_one("#goal .card__facts")) == "1 of 2 answered"


def test_more_members_cost_the_board_no_more_questions(ada, algebra, client_of):
    browser = client_of(ada)
    counts = []
    show(ada)
    for amount in (1, 12):
        people = [make_user(f"person{amount}-{n}") for n in range(amount)]
        for number, person in enumerate((ada, *people) if amount == 1 else people):
            earn(person, 10 + number, None)
        show(*people)
        refresh(ada, *people)
        for address in ("/leaderboard/", "/c/algebra/leaderboard/?span=all"):
            browser.get(address)
            with CaptureQueriesContext(connection) as queries:
                browser.get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 10
    assert len(seen(ada)) == 7


def test_quiet_member_finds_no_board_and_no_goal(ada, bob, algebra, client_of, read):
    bob.is_quiet = True
    bob.save()
    for address in ("/leaderboard/", "/c/algebra/leaderboard/", "/c/algebra/"):
        page = read(client_of(bob).get(address))
        assert page.select(".board, .board-mine, #goal, [href*=leaderboard]") == []
