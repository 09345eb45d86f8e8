"""The tabs of a community and of the feed across communities: what each shows to whom."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from communities import rules
from communities.actions.answering import edit_answer
from communities.actions.posting import edit_post
from communities.actions.voting import cast_vote
from communities.models import Membership, Post, Trust
from communities.visits import note_visit
from communities.warmth import heat_posts
from tests.factories import make_answer, make_community, make_post

BODY = "A longer text than before, in which nearly every word is another one, so that it is worth another look by all."


def titles(page) -> list[str]:
    return [title.get_text() for title in page.select(".post-row__title")]


def current(page) -> list[str]:
    return [tab.get_text() for tab in page.select(".tabs [aria-current]")]


@pytest.fixture
def posts(ada, bob, otto, algebra) -> dict[str, Post]:
    """From old to new, an hour apart: asked by Ada, by Bob, helped, answered in vain, and a discussion."""
    names = {"of Ada": ada, "of Bob": bob, "helped": bob, "in vain": bob}
    made = {name: make_post(who, algebra, title=f"The question that is {name}") for name, who in names.items()}
    made["talk"] = make_post(bob, algebra, kind="discussion", title="A discussion without end")
    for number, post in enumerate(made.values()):
        at = timezone.now() - timedelta(hours=9 - number)
        Post.objects.filter(pk=post.pk).update(created_at=at, active_at=at)
    cast_vote(make_answer(otto, made["helped"]), by=ada, value=1)
    make_answer(otto, made["in vain"])
    return made


def test_each_tab_of_a_community_shows_what_it_says(posts, otto, algebra, client_of, read):
    names = {post.title: name for name, post in posts.items()}
    browser = client_of(otto)
    shown = {}
    for tab in ("", "?show=newest", "?show=x", "?show=active", "?show=unanswered", "?show=needs-you", "?show=hot"):
        page = read(browser.get(f"/c/algebra/{tab}"))
        shown[tab] = [names[title] for title in titles(page)]
    newest = ["talk", "in vain", "helped", "of Bob", "of Ada"]
    assert shown == {
        "": ["of Ada", "of Bob"],
        "?show=newest": newest,
        "?show=x": ["of Ada", "of Bob"],
        "?show=active": ["in vain", "helped", "talk", "of Bob", "of Ada"],
        "?show=unanswered": ["in vain", "of Bob", "of Ada"],
        "?show=needs-you": ["of Ada", "of Bob"],
        "?show=hot": [],
    }


def test_what_waits_longest_needs_one_first_but_not_for_ever(posts, ada, client_of, read):
    page = read(client_of(ada).get("/c/algebra/?show=needs-you"))
    assert titles(page) == ["The question that is of Bob", "The question that is in vain"]
    Post.objects.filter(pk=posts["of Bob"].pk).update(created_at=timezone.now() - rules.NEEDS_YOU_FOR)
    page = read(client_of(ada).get("/c/algebra/?show=needs-you"))
    assert titles(page) == ["The question that is in vain"]


def test_feed_across_communities_shows_mine_alone(posts, ada, bob, eve, otto, closed, client_of, read):
    make_post(bob, closed, title="A question that only members read")
    make_post(eve, make_community(eve, name="Elsewhere"), title="A question that is elsewhere")
    page = read(client_of(ada).get("/feed/?show=newest"))
    assert titles(page)[:2] == ["A question that only members read", "A discussion without end"]
    assert len(titles(page)) == 6
    assert [place.get_text() for place in page.select(".post-row__community")][:2] == ["Study group", "Algebra"]


@pytest.mark.parametrize(("trust", "tab"), [(Trust.NEW, "Newest"), (Trust.KNOWN, "Needs you")])
def test_feed_begins_with_what_needs_those_who_are_known(ada, algebra, client_of, read, trust, tab):
    Membership.objects.filter(user=ada).update(trust_level=trust)
    assert current(read(client_of(ada).get("/feed/"))) == [tab]


@pytest.mark.parametrize(
    ("change", "tab"),
    [
        ({"trust_level": Trust.NEW}, "Newest"),
        ({"trust_level": Trust.KNOWN}, "Needs you"),
        ({"trust_level": Trust.KNOWN, "role": "read-only"}, "Newest"),
        ({"trust_level": Trust.NEW, "role": "mentor"}, "Needs you"),
    ],
)
def test_community_begins_with_what_needs_those_who_are_known(ada, algebra, client_of, read, change, tab):
    Membership.objects.filter(user=ada).update(**change)
    page = read(client_of(ada).get("/c/algebra/"))
    assert (current(page), page.select_one(".tabs [aria-current]")["href"]) == ([tab], "/c/algebra/")
    newest = next(link for link in page.select(".tabs__tab") if link.get_text() == "Newest")
    assert current(read(client_of(ada).get(newest["href"]))) == ["Newest"]


def test_feed_of_who_belongs_nowhere_leads_to_the_communities(eve, client_of, read):
    page = read(client_of(eve).get("/feed/"))
    assert page.select_one(".empty__act")["href"] == "/communities/"


def test_strangers_are_not_shown_the_tab_that_is_about_oneself(question, client, read):
    tabs = [tab.get_text() for tab in read(client.get("/c/algebra/")).select(".tabs__tab")]
    assert tabs == ["Newest", "Active", "Hot", "Unanswered"]


def test_damaged_link_begins_anew_and_says_so(posts, ada, client_of, read, monkeypatch):
    monkeypatch.setattr(rules, "POSTS_PER_PAGE", 2)
    browser = client_of(ada)
    for address in ("/c/algebra/?show=newest", "/feed/?show=newest"):
        first = read(browser.get(address))
        after = first.select_one(".more a")["href"]
        assert titles(read(browser.get(address.partition("?")[0] + after))) == [
            "The question that is helped",
            "The question that is of Bob",
        ]
        response = browser.get(address.partition("?")[0] + after.replace("~", "~x"))
        damaged = read(response)
        shown = (response.status_code, titles(damaged), len(damaged.select(".feed__hint")))
        assert shown == (422, titles(first), 1)


@pytest.mark.parametrize("address", ["/c/algebra/?show=newest", "/feed/?show=newest"])
def test_line_stands_between_new_and_seen_for_one_visit(address, ada, bob, algebra, closed, client_of, read):
    browser = client_of(ada)

    def above_line() -> int | None:
        feed = read(browser.get(address)).select_one("#feed")
        line = feed.select_one(".feed__seen")
        return line and len(line.find_previous_siblings("article"))

    make_post(bob, algebra, title="The first question of this place")
    assert above_line() is None
    Membership.objects.filter(user=ada).update(looked_at=timezone.now() - rules.NEW_VISIT_AFTER)
    Post.objects.update(created_at=F("created_at") - timedelta(hours=1))
    for n in range(2):
        make_post(bob, algebra, title=f"The question number {n} that is new")
    assert [above_line(), above_line()] == [2, 2]


def test_new_answer_and_another_text_are_activity_a_slip_of_the_pen_is_not(ada, bob, algebra):
    post = make_post(ada, algebra)
    long_ago = timezone.now() - timedelta(days=9)

    def is_active(act) -> bool:
        Post.objects.filter(pk=post.pk).update(active_at=long_ago)
        act()
        return Post.objects.get(pk=post.pk).active_at > long_ago

    assert not is_active(
        lambda: edit_post(post, by=ada, title=post.title, body=post.body.replace("mark", "sign"), tags=[])
    )
    assert is_active(lambda: edit_post(post, by=ada, title=post.title, body=BODY, tags=[]))
    assert is_active(lambda: make_answer(bob, post))
    answer = make_answer(bob, post, body="A subtraction is the addition of a negative number, so add it.")
    assert not is_active(lambda: edit_answer(answer, by=bob, body=f"{answer.body} Yes."))
    assert is_active(lambda: edit_answer(answer, by=bob, body=BODY))


def test_hot_counts_readers_votes_answers_and_cools_with_age(ada, bob, otto, algebra):
    post, old = make_post(ada, algebra), make_post(ada, algebra, title="A question of three weeks ago")
    answer = make_answer(bob, post)
    for person in (ada, bob):
        note_visit(Membership.objects.of(person, algebra), post)
    cast_vote(post, by=bob, value=1)
    cast_vote(answer, by=ada, value=1)
    Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - timedelta(hours=2))
    Post.objects.filter(pk=old.pk).update(created_at=timezone.now() - rules.HOT_FOR, hot=5)
    heat_posts()
    post.refresh_from_db()
    old.refresh_from_db()
    follows = post.follows.exclude(level="off").count()
    assert post.viewers == 2
    assert post.hot == pytest.approx((2 * 1.0986123 + 3 + 1 + 2 * follows) / 8, rel=1e-3)
    assert old.hot == 0
