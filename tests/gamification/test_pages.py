"""What a member sees of XP: on a profile, on their own receipts, and the rules."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from communities.actions.answering import delete_answer
from communities.actions.community import leave_community
from communities.actions.voting import cast_vote
from communities.models import Community, Visibility, Vote
from gamification.models import Entry
from gamification.rules import ENTRIES_PER_PAGE, RULES
from gamification.summing import sum_up
from gamification.telling import level_toast
from tests.factories import make_answer, make_post
from tests.gamification.book import settle


def words(element) -> str:
    return " ".join(element.get_text(" ", strip=True).split())


def rows(page) -> list[list[str]]:
    return [
        [words(line.select_one(f".xp-line__{part}")) for part in ("amount", "words")]
        for line in page.select(".xp-line")
    ]


def account(page) -> list[tuple[str, str]]:
    return [(words(line.dt), words(line.dd)) for line in page.select(".xp-account__line")]


def test_vote_of_another_is_seen_on_the_profile_and_gone_when_undone(ada, bob, answer, client_of, read):
    browser = client_of(bob)
    shown = []
    for value in (1, 0):
        cast_vote(answer, by=ada, value=value)
        shown.append(words(read(browser.get("/members/bob/")).select_one(".xp-card__sum")))
    assert shown == ["10 XP", "0 XP"]


def test_profile_of_another_says_level_and_xp_without_a_way_to_their_receipts(ada, bob, answer, client_of, read):
    cast_vote(answer, by=ada, value=1)
    seen = [read(client_of(person).get("/members/bob/")) for person in (bob, ada, None)]
    assert [words(page.select_one(".xp-card__sum")) for page in seen] == ["10 XP"] * 3
    assert [len(page.select("main a[href='/xp/']")) for page in seen] == [1, 0, 0]


def test_receipts_show_ones_own_lines_newest_first_and_never_who_voted(ada, bob, eve, answer, client_of, read):
    cast_vote(answer, by=ada, value=1)
    cast_vote(answer, by=ada, value=0)
    page = read(client_of(bob).get("/xp/"))
    title = answer.post.title
    assert rows(page) == [
        ["−10", f"Your answer was voted up (taken back) {title}"],
        ["+10", f"Your answer was voted up {title}"],
    ]
    assert account(page) == [("Sum of the lines", "0"), ("Level 1", "0 XP")]
    assert "Ada" not in page.select_one("main").get_text()
    assert rows(read(client_of(eve).get("/xp/"))) == []


def test_line_over_the_caps_makes_the_sum_what_is_shown(ada, bob, algebra, client_of, read):
    answers = [make_answer(bob, make_post(ada, algebra, title=f"Question number {n} of hers")) for n in range(4)]
    for answer in answers:
        cast_vote(answer, by=ada, value=1)
    page = read(client_of(bob).get("/xp/"))
    assert account(page) == [
        ("Sum of the lines", "40"),
        ("Over the daily or pair cap", "−10"),
        ("Level 1", "30 XP"),
    ]
    assert words(read(client_of(bob).get("/members/bob/")).select_one(".xp-card__sum")) == "30 XP"


def test_sum_below_zero_says_that_nobody_stands_there(bob, otto, answer, client_of, read):
    cast_vote(answer, by=otto, value=-1, reason="unclear")
    page = read(client_of(bob).get("/xp/"))
    assert account(page) == [("Sum of the lines", "-2"), ("Nobody stands below zero", "+2"), ("Level 1", "0 XP")]


def test_what_waits_and_what_is_no_longer_seen_is_said_without_an_address(ada, bob, otto, answer, client_of, read):
    cast_vote(answer, by=ada, value=1)
    Entry.objects.update(status="held")
    sum_up(Entry.objects.values_list("user", "utc_date"))
    delete_answer(answer, by=otto, reason="misplaced")
    page = read(client_of(bob).get("/xp/"))
    assert rows(page) == [
        ["−10", "Your answer was voted up (taken back) (waits)"],
        ["+10", "Your answer was voted up (waits)"],
    ]
    assert page.select(".xp-line a") == []


def test_private_community_has_no_name_for_who_left_it(ada, bob, answer, algebra, client_of, read):
    cast_vote(answer, by=ada, value=1)
    Community.objects.filter(pk=algebra.pk).update(visibility=Visibility.PRIVATE)
    named = []
    for _before_and_after in range(2):
        page = read(client_of(bob).get("/xp/"))
        named.append((words(page.select_one(".xp-line__facts")).split(" ·")[0], len(page.select(".xp-line a"))))
        leave_community(algebra, by=bob)
    assert named == [("Algebra", 1), ("a community", 0)]


def test_older_lines_follow_and_more_lines_cost_no_more_questions(ada, bob, algebra, client_of, read):
    browser = client_of(bob)
    browser.get("/about/")
    counts = []
    for amount in (3, ENTRIES_PER_PAGE):
        for number in range(amount):
            answer = make_answer(bob, make_post(ada, algebra, title=f"Question {amount} {number} of hers"))
            settle(answer.post, answer)
        with CaptureQueriesContext(connection) as queries:
            page = read(browser.get("/xp/"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8
    assert len(page.select(".xp-line")) == ENTRIES_PER_PAGE
    older = read(browser.get(page.select_one(".more a")["href"]))
    assert len(rows(older)) == Entry.objects.of(bob).count() - ENTRIES_PER_PAGE
    assert rows(read(browser.get("/xp/?before=nonsense"))) == rows(page)


def test_rules_are_told_to_everybody_as_they_are(client, read):
    page = read(client.get("/xp/how/"))
    told = [(words(row.th), words(row.td)) for row in page.select("#xp-rules tbody tr")]
    assert told.pop(1 + list(RULES).index("A4")) == ("You accepted an answer", "+3")
    assert told == [(str(rule.deed), rule.signed) for rule in RULES.values()]
    assert [words(row) for row in page.select("#xp-levels tbody tr")][:2] == ["2 50", "3 200"]


def told_levels(page) -> list[str]:
    return [words(toast.p) for toast in page.select(".toast--level")]


def test_new_level_is_told_once_and_never_that_it_sank(bob, client_of, read):
    browser = client_of(bob)
    told = []
    for level in (1, 2, 2, 4, 3, 4, 5):
        User.objects.filter(pk=bob.pk).update(level=level)
        told.append(told_levels(read(browser.get("/about/"))))
    said = "You reached level {}. What it is made of"
    assert told == [[], [said.format(2)], [], [said.format(4)], [], [], [said.format(5)]]


def test_of_two_pages_opened_at_once_one_tells_and_others_ask_nothing(bob, rf):
    User.objects.filter(pk=bob.pk).update(level=2)
    pages = [rf.get("/", headers={"Sec-Fetch-Dest": dest}) for dest in ("image", "document", "document")]
    for page in pages:
        page.user = User.objects.get(pk=bob.pk)
    assert [bool(level_toast(page)) for page in pages] == [False, True, False]
    pages[0] = rf.get("/")
    pages[0].user = User.objects.get(pk=bob.pk)
    with CaptureQueriesContext(connection) as queries:
        level_toast(pages[0])
    assert len(queries) == 0


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_vote_with_its_xp_asks_at_most_twelve(ada, bob, answer, client_of, headers):
    """A late first answer, so that a rescue is looked for, too."""
    settle(answer.post, by=timedelta(days=4))
    for person, address in ((ada, f"/answers/{answer.pk}/vote/"), (bob, f"/posts/{answer.post_id}/vote/")):
        browser = client_of(person)
        browser.get("/about/")
        for value in ("1", "0", "1"):
            with CaptureQueriesContext(connection) as queries:
                browser.post(address, {"value": value}, headers=headers)
            assert len(queries) <= 12
    assert (Vote.objects.count(), Entry.objects.filter(rule="A5").count()) == (2, 3)
