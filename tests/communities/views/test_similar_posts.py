"""Posts that look like the one being written: of this community alone, never blocking; one click closes the draft."""

import pytest
from django.utils import timezone

from communities import rules
from communities.actions.answering import accept_answer
from communities.actions.posting import delete_post
from communities.counts import recount_answers
from communities.models import Answer, Deflection, Draft, Post
from communities.rules import RATES
from communities.searching.similar import similar_posts
from net.limits import Rate
from tests.factories import make_answer, make_post

ASK = "/c/algebra/ask/similar/"
HTMX = {"HX-Request": "true"}


NOW = timezone.now()


def facts(rows) -> list[str]:
    return [" ".join(row.select_one(".similar__facts").get_text().split()) for row in rows]


def found(read, browser, title: str) -> list[str]:
    page = read(browser.post(ASK, {"title": title, "kind": "question"}, headers=HTMX))
    return [link.get_text() for link in page.select(".similar__link")]


@pytest.fixture
def titles(ada, algebra) -> list[str]:
    titles = [
        "Why does dividing by a variable lose a solution?",
        "How do I divide one polynomial by another?",
        "Which sign comes first in a bracket?",
        "Is there a rule for the sum of cubes?",
    ]
    for title in titles:
        make_post(ada, algebra, title=title)
    return titles


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("Why does dividing by a variable lose a solution?", 0),
        ("Losing solutions when I divided by the variable", 0),
        ("Dividing polynomials, one by another", 1),
        ("Wich sing comes frist in a braket?", 2),
        ("rule, sum, cubes", 3),
    ],
    ids=["same", "other forms", "fewer words", "typos", "three words"],
)
def test_most_similar_title_stands_first(ada, titles, client_of, read, title, first):
    assert found(read, client_of(ada), title)[0] == titles[first]


@pytest.mark.parametrize(
    "title",
    ["Why does", "", "Nobody knows Xylophones", "Another lamp comes into bloom", "'\\ & | ! <-> :*()", "a\x00b" * 9],
)
def test_nothing_similar_shows_nothing(ada, titles, client_of, read, title):
    assert found(read, client_of(ada), title) == []


def test_at_most_five_with_their_state(ada, bob, algebra, client_of, read):
    posts = [make_post(ada, algebra, title=f"Why do signs flip in brackets, part {n}?") for n in range(7)]
    accept_answer(make_answer(bob, posts[6]), by=ada)
    page = read(client_of(bob).post(ASK, {"title": "Why do signs flip in brackets, part 6?"}, headers=HTMX))
    rows = page.select(".similar__post")
    assert (len(rows), rows[0].a["href"]) == (5, posts[6].get_absolute_url())
    assert facts(rows) == ["Accepted 1 answer · 0 votes", *["0 answers · 0 votes"] * 4]


@pytest.mark.parametrize(
    ("given", "word"), [({}, "Unreviewed"), ({"up": 4}, "Supported"), ({"stale_at": NOW}, "Stale")]
)
def test_each_shows_how_far_its_best_answer_can_be_trusted(ada, bob, algebra, question, client_of, read, given, word):
    make_answer(bob, question)
    Answer.objects.update(**given)
    recount_answers(question)
    page = read(client_of(bob).post(ASK, {"title": question.title}, headers=HTMX))
    assert facts(page.select(".similar__post")) == [f"{word} 1 answer · 0 votes"]


def test_deleted_posts_and_other_communities_are_not_shown(ada, otto, algebra, closed, client_of, read):
    title = "Canary in the title of it"
    make_post(ada, closed, title=title)
    delete_post(make_post(ada, algebra, title=f"{title}, gone"), by=ada)
    assert found(read, client_of(ada), title) == []
    response = client_of(ada).post("/c/study-group/ask/similar/", {"title": title}, headers=HTMX)
    assert [link.get_text() for link in read(response).select(".similar__link")] == [title]


def test_only_those_who_may_ask_are_shown_anything(eve, algebra, closed, titles, client, client_of):
    assert client_of(eve).post(ASK, {"title": titles[0]}).status_code == 403
    assert client.post(ASK, {"title": titles[0]}).status_code == 204  # signed out meanwhile, and still writing
    assert client_of(eve).post("/c/study-group/ask/similar/", {"title": titles[0]}).status_code == 404


def test_too_often_changes_nothing_on_the_page(ada, titles, client_of, monkeypatch):
    monkeypatch.setitem(RATES, "similar", Rate(0, 3600))
    assert client_of(ada).post(ASK, {"title": titles[0]}, headers=HTMX).status_code == 204


def test_words_of_the_body_count_when_the_title_finds_few(ada, titles, client_of, read):
    vague = {"title": "Something is odd here"}
    sent = [vague, vague | {"goal": "I divide one polynomial."}, vague | {"body": "I divide one polynomial."}]
    sent += [vague | {"stuck": "At the polynomial."}, {"title": titles[2], "goal": "I divide one polynomial."}]
    pages = [read(client_of(ada).post(ASK, fields, headers=HTMX)) for fields in sent]
    shown = [[link.get_text() for link in page.select(".similar__link")] for page in pages]
    assert shown == [[], [titles[1]], [titles[1]], [], [titles[2], titles[1]]]


def test_what_takes_too_long_is_left_out(algebra, titles, monkeypatch):
    """The database breaks off; the request goes on."""
    monkeypatch.setattr(rules, "SIMILAR_LOOK_MS", 50)
    slow = "SELECT 1 FROM pg_sleep(1), (VALUES (%s, %s, %s)) AS given"
    for question in ("BY_WORDS", "BY_LETTERS"):
        monkeypatch.setattr(f"communities.searching.similar.{question}", slow)
    assert similar_posts(algebra, titles[0]) == []
    assert Post.objects.count() == len(titles)


def test_no_look_begins_when_the_time_for_all_is_over(algebra, titles, monkeypatch):
    assert similar_posts(algebra, titles[0])[0].title == titles[0]
    monkeypatch.setattr(rules, "SIMILAR_PATIENCE_MS", 0)
    assert similar_posts(algebra, titles[0]) == []


def test_this_answers_me_is_noted_once_and_puts_the_draft_away(bob, algebra, titles, client_of, read):
    browser, post = client_of(bob), Post.objects.get(title=titles[0])
    fields = {"kind": "question", "title": "Why is a solution lost?", "goal": "Know why."}
    browser.post(f"/drafts/post/{algebra.pk}/", fields, headers=HTMX)
    draft = Draft.objects.get()
    for _ in range(2):
        response = browser.post(f"/posts/{post.pk}/answers-me/", fields | {"draft": f"{draft.pk}-1"})
        assert response["Location"] == post.get_absolute_url()
    assert [(each.post, each.person) for each in Deflection.objects.all()] == [(post, bob)]
    assert read(browser.get("/drafts/")).select(".drafts__item") == []
    browser.post(f"/drafts/{draft.pk}/restore/")
    page = read(browser.get("/c/algebra/ask/"))
    assert page.find("input", {"name": "title"})["value"] == "Why is a solution lost?"


def test_this_answers_me_with_too_much_text_is_refused(bob, algebra, titles, client_of):
    post = Post.objects.get(title=titles[0])
    response = client_of(bob).post(f"/posts/{post.pk}/answers-me/", {"title": "Why?", "goal": "W" * 100_000})
    assert (response.status_code, Draft.objects.count(), Deflection.objects.count()) == (403, 0, 0)


def test_without_scripts_a_button_looks_and_keeps_the_text(ada, titles, client_of, read):
    given = {"kind": "question", "title": titles[0], "goal": "Know why.", "tried": "", "stuck": "", "look": "1"}
    response = client_of(ada).post("/c/algebra/ask/", given)
    page = read(response)
    assert (response.status_code, page.select(".form__errors")) == (200, [])
    assert page.select_one(".similar__link").get_text() == titles[0]
    assert page.find("textarea", {"name": "goal"}).get_text().strip() == "Know why."
    vague = given | {"title": "Something is odd here", "goal": "I divide one polynomial."}
    page = read(client_of(ada).post("/c/algebra/ask/", vague))
    assert [link.get_text() for link in page.select(".similar__link")] == [titles[1]]
    assert Post.objects.count() == len(titles)
