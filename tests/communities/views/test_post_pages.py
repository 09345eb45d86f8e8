"""Asking, reading, editing and deleting a post."""

import pytest
from django.db.models import F

from communities import rules
from communities.models import Answer, Community, Post
from tests.factories import make_answer, make_comment, make_post

GIVEN = {
    "kind": "discussion",
    "title": "When may I divide by a variable?",
    "body": "Dividing by $x$ lost a solution of my equation. When is it allowed?",
}


def bodies(page) -> list[str]:
    return [prose.get_text().strip() for prose in page.select("#answers .answer__text > .prose")]


def test_ask_shows_the_form_then_the_post(ada, algebra, client_of, read):
    browser = client_of(ada)
    assert read(browser.get("/c/algebra/ask/?kind=discussion")).select_one("form textarea[name=body]") is not None
    response = browser.post("/c/algebra/ask/", GIVEN)
    post = Post.objects.get()
    assert response["Location"] == f"/c/algebra/posts/{post.pk}/when-may-i-divide-by-a-variable/"
    assert (post.author, post.kind, post.title, post.body) == (ada, "discussion", GIVEN["title"], GIVEN["body"])
    page = read(browser.get(response["Location"]))
    assert (page.h1.get_text(), page.title.get_text()) == (GIVEN["title"], f"{GIVEN['title']} · Algebra · Cairn")
    assert page.select_one(".post .prose math mi").get_text() == "x"


def test_double_click_on_post_is_one_post(ada, algebra, client_of):
    browser = client_of(ada)
    places = {browser.post("/c/algebra/ask/", GIVEN)["Location"] for _ in range(2)}
    assert (len(places), Post.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "This field is required."),
        ("title", " \t\n ", "This field is required."),
        ("title", "Too short", "This is too short: at least 15 characters that can be seen, and it has 9."),
        ("title", "W" * 151, "This is too long: at most 150 characters, and it has 151."),
        (
            "title",
            "Nothing\x00ness is long enough",
            "This holds a NUL, a character that is in no text. Write it without.",
        ),
        ("body", "", "This field is required."),
        ("body", "Too short", "This is too short: at least 40 characters that can be seen, and it has 9."),
        ("body", "W" * 30_001, "This is too long: at most 30000 characters, and it has 30001."),
        ("body", "Nothing\x00ness " * 9, "This holds a NUL, a character that is in no text. Write it without."),
    ],
    ids=lambda value: str(value)[:20].replace("\x00", "NUL"),
)
def test_what_cannot_be_posted_comes_back_filled(ada, algebra, client_of, read, field, value, said):
    response = client_of(ada).post("/c/algebra/ask/", GIVEN | {field: value})
    page = read(response)
    assert response.status_code == 422
    assert [error.get_text() for error in page.select(".field__error")] == [said]
    if field != "title":
        assert page.find("input", {"name": "title"})["value"] == GIVEN["title"]
    if field != "body":
        assert page.find("textarea").get_text().strip() == GIVEN["body"]
    assert Post.objects.count() == 0


def test_lengths_count_line_ends_once(ada, algebra, client_of):
    """Browsers send two characters for one."""
    body = "line\r\n" * 6_000
    assert client_of(ada).post("/c/algebra/ask/", GIVEN | {"body": body}).status_code == 302
    assert Post.objects.get().body == ("line\n" * 6_000).strip()


def test_nobody_can_send_more_than_the_form_asks(ada, bob, algebra, client_of):
    """Author, votes, times and place are not fields."""
    extra = {
        "author": bob.pk,
        "up": 99,
        "score": 99,
        "community": 0,
        "id": 7,
        "version": 5,
        "html": "<b>",
        "deleted_at": "",
    }
    client_of(ada).post("/c/algebra/ask/", GIVEN | extra)
    post = Post.objects.get()
    assert (post.author, post.up, post.score, post.community, post.version) == (ada, 0, 0, algebra, 1)
    assert post.html.startswith("<p>Dividing")


def test_edit_shows_and_changes_the_text(ada, question, client_of, read):
    browser = client_of(ada)
    address = f"/posts/{question.pk}/edit/"
    page = read(browser.get(address))
    assert page.find("input", {"name": "title"})["value"] == question.title
    assert page.find("textarea").get_text().strip() == question.body
    assert page.find("input", {"name": "kind"}) is None
    response = browser.post(address, GIVEN | {"kind": "discussion"})
    question.refresh_from_db()
    assert (question.title, question.body, question.kind) == (GIVEN["title"], GIVEN["body"], "question")
    assert response["Location"] == question.get_absolute_url()


def test_edit_that_is_not_valid_changes_nothing(ada, question, client_of, read):
    response = client_of(ada).post(f"/posts/{question.pk}/edit/", GIVEN | {"title": "Short"})
    assert (response.status_code, read(response).find("input", {"name": "title"})["value"]) == (422, "Short")
    question.refresh_from_db()
    assert question.version == 1


@pytest.mark.parametrize("wrong", ["/c/algebra/posts/{pk}/", "/c/algebra/posts/{pk}/old/", "/c/chess/posts/{pk}/x/"])
def test_other_addresses_of_a_post_lead_to_the_right_one(question, client, wrong):
    response = client.get(wrong.format(pk=question.pk))
    assert (response.status_code, response["Location"]) == (301, question.get_absolute_url())


@pytest.mark.parametrize("pk", ["0", "9" * 18, "9" * 40])
@pytest.mark.parametrize(
    "address", ["/c/algebra/posts/{}/", "/c/a/posts/{}/x/", "/posts/{}/edit/", "/answers/{}/vote/"]
)
def test_what_is_not_there_is_404(ada, algebra, client_of, address, pk):
    assert client_of(ada).get(address.format(pk)).status_code == 404


def test_orders_of_the_answers(ada, bob, otto, question, client_of, read):
    texts = [f"Answer number {n}, long enough to be one." for n in range(3)]
    _, second, third = (make_answer(bob, question, text) for text in texts)
    Answer.objects.filter(pk=second.pk).update(up=3)
    Answer.objects.filter(pk=third.pk).update(up=9, down=6)
    question.refresh_from_db()
    browser = client_of(None)
    expected = {"best": [1, 2, 0], "newest": [2, 1, 0], "oldest": [0, 1, 2], "score": [1, 2, 0], "edited": [2, 1, 0]}
    for sort, order in expected.items():
        page = read(browser.get(f"{question.get_absolute_url()}?sort={sort}"))
        assert (sort, bodies(page)) == (sort, [texts[n] for n in order])
        assert page.select_one(".answers__order[aria-current]").get_text().lower() == sort


@pytest.mark.parametrize("query", ["sort=x", "sort=", "sort=BEST", "page=0", "page=-1", "page=x", "page=²", "page=1e3"])
def test_nonsense_in_the_query_gives_the_first_page(question, answer, client, read, query):
    response = client.get(f"{question.get_absolute_url()}?{query}")
    assert (response.status_code, bodies(read(response))) == (200, [answer.body])


def test_answers_have_pages_and_permalinks_find_theirs(bob, otto, question, client, read, monkeypatch):
    monkeypatch.setattr(rules, "ANSWERS_PER_PAGE", 2)
    answers = [make_answer(bob, question, f"Answer number {n}, long enough to be one.") for n in range(5)]
    comment = make_comment(otto, answers[3])
    address = question.get_absolute_url()
    pages = [bodies(read(client.get(f"{address}?page={page}"))) for page in (1, 2, 3, 4, 99999)]
    texts = [answer.body for answer in answers]
    assert pages == [texts[:2], texts[2:4], texts[4:], texts[4:], texts[4:]]
    links = read(client.get(address)).select(".pages__page")
    assert [link["href"] for link in links] == [f"{address}?sort=best&page={n}#answers" for n in (1, 2, 3)]
    assert client.get(answers[1].get_absolute_url())["Location"] == f"{address}#answer-{answers[1].pk}"
    assert client.get(answers[4].get_absolute_url())["Location"] == f"{address}?page=3#answer-{answers[4].pk}"
    assert client.get(comment.get_absolute_url())["Location"] == f"{address}?page=2#comment-{comment.pk}"


def test_htmx_gets_the_list_of_answers_alone(question, answer, client, read):
    address = f"{question.get_absolute_url()}?sort=newest"
    response = client.get(address, headers={"HX-Request": "true", "HX-Target": "answers"})
    fragment = read(response)
    assert [element.get("id") for element in fragment.find_all(recursive=False)] == ["answers"]
    assert bodies(fragment) == [answer.body]
    assert "HX-Request" in response["Vary"]
    whole = read(client.get(address, headers={"HX-Request": "true", "HX-Target": "main"}))
    assert whole.html is not None


def test_deleted_post_is_gone_and_comes_back_by_undo(ada, question, client_of, read):
    browser = client_of(ada)
    make_post(ada, question.community, title="Another one that stays here")
    assert browser.post(f"/posts/{question.pk}/delete/")["Location"] == "/c/algebra/"
    page = read(browser.get("/c/algebra/?show=newest"))
    assert [row.get_text() for row in page.select(".post-row__title")] == ["Another one that stays here"]
    assert read(browser.get(question.get_absolute_url())).h1.get_text() == "This post is deleted"
    undo = page.select_one("#toasts form")
    assert (page.select_one(".toast__text").get_text(), undo["action"]) == (
        "The post is deleted.",
        f"/posts/{question.pk}/restore/",
    )
    for _ in range(2):  # a double click
        assert browser.post(undo["action"])["Location"] == question.get_absolute_url()
    assert read(browser.get(question.get_absolute_url())).h1.get_text() == question.title


def test_undo_is_for_who_can_still_read(ada, closed, client_of):
    post = make_post(ada, closed, title="Canary in the title of it")
    browser = client_of(ada)
    browser.post(f"/posts/{post.pk}/delete/")
    browser.post("/c/study-group/leave/")
    for response in (browser.get(f"/posts/{post.pk}/restore/"), browser.post(f"/posts/{post.pk}/restore/")):
        assert (response.status_code, response.get("Location")) == (404, None)


def test_a_discussion_speaks_of_replies(ada, bob, algebra, client, read):
    talk = make_post(ada, algebra, kind="discussion", title="Which book did you like best?")
    make_answer(bob, talk)
    page = read(client.get(talk.get_absolute_url()))
    assert page.select_one("#answers-title").get_text() == "1 reply"
    assert page.select(".act--accept") == []


def test_feed_shows_newest_first_unanswered_apart_and_pages(ada, bob, algebra, client, read, monkeypatch):
    monkeypatch.setattr(rules, "POSTS_PER_PAGE", 2)
    posts = [make_post(ada, algebra, title=f"Question number {n} of five") for n in range(5)]
    make_answer(bob, posts[4])
    seen, address = [], "/c/algebra/"
    while address:
        page = read(client.get(address))
        seen.append([title.get_text()[16] for title in page.select(".post-row__title")])
        more = page.select_one(".more a")
        address = more and f"/c/algebra/{more['href']}"
    assert seen == [["4", "3"], ["2", "1"], ["0"]]
    page = read(client.get("/c/algebra/?show=unanswered"))
    assert [title.get_text()[16] for title in page.select(".post-row__title")] == ["4", "3"]
    assert page.select_one(".more a")["href"].startswith("?show=unanswered&")
    nonsense = read(client.get("/c/algebra/?after=x&show=x"))
    assert [title.get_text()[16] for title in nonsense.select(".post-row__title")] == ["4", "3"]


def test_texts_say_in_which_language_they_are(client, ada, bob, algebra, read):
    post = make_post(ada, algebra)
    make_comment(bob, make_answer(bob, post))
    for language, code in (("spanish", "es"), ("simple", None)):
        Community.objects.filter(pk=algebra.pk).update(language=language)
        Post.objects.filter(pk=post.pk).update(version=F("version") + 1)
        Answer.objects.update(version=F("version") + 1)
        page = read(client.get(post.get_absolute_url()))
        assert {part.get("lang") for part in page.select(".post__title, .prose")} == {code}
        row = read(client.get(algebra.get_absolute_url())).select_one(".post-row__title")
        assert (row.get("lang"), row["dir"]) == (code, "auto")
