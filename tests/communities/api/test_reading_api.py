"""Reading through the API: the same as on the pages, a page at a time, and not twice."""

import re

import pytest
from django.test import Client

from communities import rules
from communities.actions.answering import accept_answer
from communities.actions.bookmarking import bookmark
from communities.actions.endorsing import endorse_answer
from communities.actions.voting import cast_vote
from communities.tabs import Tab
from tests.ai_assist.api.problem import is_problem
from tests.factories import make_answer, make_comment, make_community, make_post, make_tag

API = "/api/v1"
NEXT = re.compile(r'<https?://[^/]+(?P<path>/[^>]+)>; rel="next"')


def all_pages(browser: Client, address: str, noun: str) -> list[dict]:
    """What the lists hold together, going on where `Link` leads; the body says the same."""
    found = []
    while address:
        response = browser.get(address)
        page = response.json()
        found += page[noun]
        further = NEXT.fullmatch(response.headers.get("Link", ""))
        address = further["path"] if further else ""
        assert (page["next"] is not None) == bool(address)
        assert not address or f"after={page['next'].replace(':', '%3A')}" in address
    return found


@pytest.fixture
def many(ada, bob, algebra):
    make_tag(algebra, "Signs")
    posts = [make_post(ada, algebra, title=f"Question number {n} of five", tags=["signs"] * (n < 4)) for n in range(5)]
    accept_answer(make_answer(bob, posts[1]), by=ada)
    return posts


@pytest.mark.parametrize("show", list(Tab))
def test_lists_of_a_community_agree_with_its_page(many, bob, client_of, read, show):
    browser = client_of(bob)
    page = read(browser.get(f"/c/algebra/?show={show}"))
    rows = all_pages(browser, f"{API}/communities/algebra/posts?show={show}&limit=2", "posts")
    assert [row["title"] for row in rows] == [title.get_text() for title in page.select(".post-row__title")]
    assert [row["excerpt"] for row in rows] == [row.get_text() for row in page.select(".post-row__excerpt")]


def test_posts_with_a_tag_agree_with_its_page(many, client, read):
    page = read(client.get("/c/algebra/tags/signs/"))
    rows = all_pages(client, f"{API}/communities/algebra/posts?tag=signs&limit=3", "posts")
    assert [row["title"] for row in rows] == [title.get_text() for title in page.select(".post-row__title")]
    assert [row["tags"] for row in rows] == [[{"name": "Signs", "slug": "signs"}]] * 4
    assert is_problem(client.get(f"{API}/communities/algebra/posts?tag=nosuch"), 404, "This is not here.")
    refused = client.get(f"{API}/communities/algebra/posts?tag=signs&show=hot")
    assert is_problem(refused, 422, "Posts with a tag come newest first only.")


def test_communities_agree_with_the_directory(ada, bob, eve, algebra, closed, client_of, read):
    for n in range(4):
        make_community(eve, *[bob] * (n % 2), name=f"Place {n}")
    for person in (ada, None):
        browser = client_of(person)
        names = [name.get_text() for name in read(browser.get("/communities/")).select(".directory__link")]
        rows = all_pages(browser, f"{API}/communities?limit=2", "communities")
        assert names
        assert [row["name"] for row in rows] == names
        assert {row["slug"] for row in rows if row["is_member"]} == ({"algebra", "study-group"} if person else set())


def test_post_agrees_with_its_page(ada, bob, otto, question, client_of, read):
    answers = [make_answer(bob, question, f"Answer **number** {n}, long enough to be one.") for n in range(3)]
    accept_answer(answers[1], by=ada)
    endorse_answer(answers[2], by=otto)
    make_comment(ada, answers[1])
    make_comment(bob, question)
    cast_vote(answers[0], by=ada, value=1)
    bookmark(question, by=ada)
    page = read(client_of(ada).get(question.get_absolute_url()))
    post = client_of(ada).get(f"{API}/posts/{question.pk}").json()
    assert (post["title"], post["comment_count"], post["answer_count"]) == (question.title, 1, 3)
    assert post["html"] == page.select_one(".post__text .prose").decode_contents()
    shown = [answer["id"].removeprefix("answer-") for answer in page.select(".answer")]
    assert [str(answer["id"]) for answer in post["answers"]] == shown
    assert [answer["html"] for answer in post["answers"]] == [
        text.decode_contents() for text in page.select(".answer__text > .prose")
    ]
    by_id = {answer["id"]: answer for answer in post["answers"]}
    assert [by_id[answer.pk]["state"] for answer in answers] == ["unreviewed", "accepted", "validated"]
    assert [by_id[answer.pk]["mine"]["vote"] for answer in answers] == [1, 0, 0]
    assert by_id[answers[2].pk]["endorsed_by"] == [{"username": "otto", "name": "Otto", "role": "owner"}]
    assert post["mine"] == {"vote": 0, "is_bookmarked": True, "follows": True}
    alone = client_of(ada).get(f"{API}/answers/{answers[0].pk}").json()
    assert alone == by_id[answers[0].pk]
    stranger = client_of(None).get(f"{API}/posts/{question.pk}").json()
    assert (stranger["mine"], {answer["mine"] for answer in stranger["answers"]}) == (None, {None})


def test_answers_come_a_page_at_a_time(ada, bob, question, client, monkeypatch):
    monkeypatch.setattr(rules, "ANSWERS_PER_PAGE", 2)
    made = [make_answer(bob, question, f"Answer number {n}, long enough to be one.").pk for n in range(3)]
    first = client.get(f"{API}/posts/{question.pk}?sort=oldest")
    further = NEXT.fullmatch(first.headers["Link"])["path"]
    second = client.get(further)
    assert [answer["id"] for answer in first.json()["answers"] + second.json()["answers"]] == made
    assert (first.json()["pages"], "Link" in second.headers) == (2, False)


def test_comments_agree_with_their_page(ada, bob, question, answer, client, read):
    for target in (question, answer):
        for n in range(5):
            make_comment((ada, bob)[n % 2], target, f"Comment {n} on it")
        noun = target._meta.model_name
        page = read(client.get(f"/{noun}s/{target.pk}/comments/all/"))
        comments = all_pages(client, f"{API}/{noun}s/{target.pk}/comments?limit=2", "comments")
        assert [f"comment-{comment['id']}" for comment in comments] == [one["id"] for one in page.select(".comment")]
        assert [comment["body"] for comment in comments] == [f"Comment {n} on it" for n in range(5)]
        assert {(comment["post"], comment["answer"]) for comment in comments} == {
            (question.pk, answer.pk if target == answer else None)
        }


def test_profile_agrees_with_its_page(ada, bob, question, answer, closed, client_of, read):
    make_post(bob, closed, title="Seen by members alone, this one")
    for reader in (ada, None):
        browser = client_of(reader)
        page, said = read(browser.get("/members/bob/")), browser.get(f"{API}/members/Bob").json()
        assert (said["name"], said["username"]) == (page.select_one("h1").get_text(), "bob")
        assert [row["title"] for row in said["posts"]] == [row.get_text() for row in page.select(".post-row__title")]
        answered = read(browser.get("/members/bob/?show=answers")).select(".answered__link")
        assert [row["title"] for row in said["answers"]] == [row.get_text() for row in answered]
        places = [row.get_text() for row in page.select(".page__side .card__list a")]
        assert [place["name"] for place in said["communities"]] == places
    assert is_problem(client_of(None).get(f"{API}/members/nobody"), 404, "This is not here.")


@pytest.mark.parametrize("words", ["question", "is:answer answer", "number foo:bar"])
def test_search_agrees_with_its_page(many, ada, bob, client, read, monkeypatch, words):
    monkeypatch.setattr(rules, "SEARCH_PER_PAGE", 2)
    for n in range(3):
        make_answer(bob, many[n], f"One more answer with the number {n} in it.")
    page, found = read(client.get("/search/", {"q": words})), client.get(f"{API}/search", {"q": words}).json()
    assert [row["title"] for row in found["found"]] == [
        title.a.decode_contents() for title in page.select(".post-row__title")
    ]
    assert found["hints"] == [hint.get_text(strip=True) for hint in page.select(".search__hint")]
    rows = all_pages(client, f"{API}/search?q={words}", "found")
    assert len(rows) == found["count"] > 2
    assert len({(row["post"]["id"], row["answer"] and row["answer"]["id"]) for row in rows}) == len(rows)


def test_search_for_nothing_says_so(client, algebra):
    for words in ("", " ", "-"):
        sentence = "There is nothing in this to search for; write a word or an operator."
        fault = {"where": ["query", "q"], "detail": sentence}
        assert is_problem(client.get(f"{API}/search", {"q": words}), 422, sentence, errors=[fault])


@pytest.mark.parametrize(
    "address",
    ["communities", "communities/algebra/posts", "communities/algebra/posts?tag=signs", "posts/NUMBER/comments"],
)
def test_forged_cursor_and_too_long_a_page_are_refused(many, client, address):
    address = f"{API}/{address.replace('NUMBER', str(many[0].pk))}{'&' if '?' in address else '?'}"
    sentence = "There is no such page. Begin with the first one."
    fault = {"where": ["query", "after"], "detail": sentence}
    assert is_problem(client.get(f"{address}after=-created_at:1:1~forged"), 422, sentence, errors=[fault])
    assert client.get(f"{address}limit=101").status_code == client.get(f"{address}limit=0").status_code == 422
    assert client.get(f"{API}/search?q=question&after=20~forged").status_code == 422


def test_what_a_program_has_is_not_sent_again(ada, bob, question, answer, many, client_of):
    make_comment(ada, question)
    browsers = {person: client_of(person) for person in (ada, None)}
    addresses = (
        *("communities", "communities/algebra", "communities/algebra/posts", "members/ada"),
        *(f"posts/{question.pk}", f"posts/{question.pk}/comments", f"answers/{answer.pk}"),
    )
    kept: dict[tuple[object, str], str] = {}
    for who, browser in browsers.items():
        for address in addresses:
            kept[who, address] = tag = browser.get(f"{API}/{address}").headers["ETag"]
            again = browser.get(f"{API}/{address}", headers={"If-None-Match": tag})
            assert (address, again.status_code, again.content) == (address, 304, b"")
            assert again.headers["ETag"] == tag
    assert kept[ada, f"posts/{question.pk}"] != kept[None, f"posts/{question.pk}"]
    cast_vote(question, by=bob, value=1)
    make_comment(ada, answer)
    for (who, address), tag in kept.items():
        now = browsers[who].get(f"{API}/{address}", headers={"If-None-Match": tag}).status_code
        assert (address, now) == (address, 304 if address in ("communities", "communities/algebra") else 200)


def test_own_deed_changes_what_one_gets(ada, answer, client_of):
    browser, address = client_of(ada), f"{API}/answers/{answer.pk}"
    tag = browser.get(address).headers["ETag"]
    bookmark(answer, by=ada)
    again = browser.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.json()["mine"]["is_bookmarked"]) == (200, True)
