"""The front page: real questions for strangers, what waits and what is new for members."""

from communities.actions.answering import accept_answer, delete_answer
from communities.actions.posting import delete_post
from communities.actions.voting import cast_vote
from communities.home import HOME_ROWS, HOME_WAITING, LANDING_POSTS
from communities.models import Visibility
from tests.factories import make_answer, make_community, make_post


def answered(asker, answerer, community, title: str):
    post = make_post(asker, community, title=title)
    answer = make_answer(answerer, post, f"The answer to: {title}, with all its steps.")
    accept_answer(answer, by=asker)
    return post, answer


def rows(page, part: str = "main") -> list[str]:
    return [title.get_text() for title in page.select(f"{part} .post-row__title")]


def test_an_empty_place_invites(db, client, read):
    page = read(client.get("/"))
    assert [title.get_text() for title in page.select(".empty__title")] == ["Nothing here yet"]
    assert page.select(".example") == []


def test_strangers_see_answered_public_questions_and_the_best_in_full(ada, bob, otto, client, read):
    public = make_community(otto, ada, bob)
    hidden = make_community(otto, ada, bob, name="Hidden", visibility=Visibility.PRIVATE)
    best, answer = answered(ada, bob, public, "First question, the best of all")
    answered(ada, bob, public, "Second question, accepted as well")
    answered(ada, bob, hidden, "Third question, which is private")
    make_answer(bob, make_post(ada, public, title="Fourth question, accepted by nobody"))
    taken_back = answered(ada, bob, public, "Fifth question, its answer is deleted")
    delete_answer(taken_back[1], by=bob)
    gone = answered(ada, bob, public, "Sixth question, deleted as a whole")
    delete_post(gone[0], by=ada)
    cast_vote(best, by=bob, value=1)
    page = read(client.get("/"))
    assert rows(page) == ["Second question, accepted as well", "First question, the best of all"]
    assert page.select_one(".example__title").get_text() == best.title
    assert page.select_one(".example .prose").get_text().strip() == answer.body
    assert [place.get_text() for place in page.select(".card__list--places a")] == ["Algebra"]


def test_strangers_see_the_newest_six(ada, bob, otto, client, read):
    public = make_community(otto, ada, bob)
    for number in range(LANDING_POSTS + 2):
        answered(ada, bob, public, f"Question number {number} of many")
    assert rows(read(client.get("/"))) == [f"Question number {n} of many" for n in range(7, 1, -1)]


def test_a_member_without_communities_is_shown_the_way(eve, client_of, read):
    page = read(client_of(eve).get("/"))
    assert page.h1.get_text() == "Hello, Eve"
    assert page.select_one(".empty__act")["href"] == "/communities/"


def test_members_see_what_waits_what_is_new_and_what_they_asked(ada, bob, otto, client_of, read):
    algebra = make_community(otto, ada, bob)
    elsewhere = make_community(otto, name="Chess")
    make_post(otto, elsewhere, title="A question where Ada is no member")
    own = make_post(ada, algebra, title="Asked by Ada herself and open")
    make_post(bob, algebra, kind="discussion", title="Talk about books, not a question")
    waiting = [make_post(bob, algebra, title=f"Open question number {n} by Bob") for n in range(HOME_WAITING + 1)]
    make_answer(bob, own)
    page = read(client_of(ada).get("/"))
    needs, new = page.select(".home-part")
    assert [told.get_text() for told in needs.select(".told__button")] == [
        "Bob answered “Asked by Ada herself and open”"
    ]
    assert rows(needs, "") == [post.title for post in waiting[:HOME_WAITING]]
    assert rows(new, "") == [waiting[-1].title, "Talk about books, not a question", own.title]
    assert [link.get_text() for link in page.select(".page__side .card__list--places a:first-child")] == ["Algebra"]
    assert [link.get_text() for link in page.select(".page__side .card__list:not(.card__list--places) a")] == [
        own.title
    ]


def test_new_rows_are_so_many_and_none_is_named_twice(ada, bob, otto, client_of, read):
    algebra = make_community(otto, ada, bob)
    for number in range(HOME_WAITING + HOME_ROWS + 3):
        make_post(bob, algebra, title=f"Question number {number} of many")
    shown = rows(read(client_of(ada).get("/")))
    assert len(shown) == len(set(shown)) == HOME_WAITING + HOME_ROWS


def test_a_notification_leads_from_home_to_what_it_is_about(ada, bob, otto, client_of, read):
    answer = make_answer(bob, make_post(ada, make_community(otto, ada, bob)))
    browser = client_of(ada)
    button = read(browser.get("/")).select_one(".told__button")
    assert browser.post(button["formaction"])["Location"] == answer.get_absolute_url()
    assert read(browser.get("/")).select(".told__button") == []
