"""Writing through the API: the same texts, rules and sentences as on the pages."""

import pytest

from communities.models import Answer, Comment, CommentKind, Downvotes, Post, Trust
from communities.rules import RATES
from net.limits import Rate
from tests.addresses import table_digests
from tests.ai_assist.api.problem import is_problem
from tests.factories import make_answer, make_comment, make_tag

API = "/api/v1"
TEXT = "A text that is long enough to be one, and says **something**."
ASKED = {
    "community": "algebra",
    "title": "Why do signs flip in brackets?",
    "goal": "To see why",
    "stuck": "At the signs",
}
ASKED |= {"tried": "I opened the brackets, term by term."}


def sends(browser, method, address, **given):
    return getattr(browser, method)(f"{API}/{address}", given, content_type="application/json")


def fault(name, sentence, where="body"):
    return [{"where": [where, name], "detail": sentence}]


def test_publish_makes_what_the_page_makes(ada, algebra, client_of):
    browser = client_of(ada)
    said = sends(browser, "post", "posts", **ASKED, tags=["signs", "brackets"], new_tags=True)
    assert (said.status_code, said.json()["said"]) == (
        201,
        ["New here: signs, brackets. It appears when a moderator approves."],
    )
    through_api = Post.objects.get()
    assert (said.json()["id"], said.json()["body"]) == (through_api.pk, through_api.body)
    given = {name: value for name, value in ASKED.items() if name != "community"} | {
        "title": "The same on the page then"
    }
    browser.post("/c/algebra/ask/", given | {"kind": "question", "tags": "signs, brackets", "new_tags": "on"})
    on_page = Post.objects.exclude(pk=through_api.pk).get()
    for field in ("kind", "body", "html", "author", "licence"):
        assert getattr(on_page, field) == getattr(through_api, field)
    assert list(on_page.tagged.values_list("tag", "place")) == list(through_api.tagged.values_list("tag", "place"))
    assert sends(browser, "post", "posts", **ASKED, tags=["signs", "brackets"]).json()["id"] == through_api.pk


def test_publish_says_what_the_page_warns_of(ada, algebra, client_of):
    body = "Is it so? Or so? Or rather like this? Or like that? I cannot see it."
    said = sends(client_of(ada), "post", "posts", **ASKED | {"tried": body})
    assert said.json()["said"] == ["There is more than one question here. One post for each gets better answers."]


@pytest.mark.parametrize(
    ("given", "name", "sentence"),
    [
        ({"tried": None}, "tried", "This field is required."),
        ({"tags": ["signs"]}, "tags", None),
        ({"body": TEXT}, "body", "Such a post has no such field here."),
        ({"kind": "discussion", "goal": None, "tried": None, "stuck": None}, "body", "This field is required."),
        ({"topic": "nosuch"}, "topic", "Such a post has no such field here."),
    ],
)
def test_publish_names_what_does_not_fit(ada, algebra, client_of, given, name, sentence):
    response = sends(client_of(ada), "post", "posts", **ASKED | given)
    (found,) = response.json()["errors"]
    assert (response.status_code, found["where"]) == (422, ["body", name])
    assert sentence in (None, found["detail"])
    assert Post.objects.count() == 0


@pytest.mark.parametrize(
    ("method", "address", "given"),
    [
        ("post", "posts", ASKED),
        ("patch", "posts/POST", {}),
        ("post", "posts/POST/answers", {"body": TEXT}),
        ("patch", "answers/ANSWER", {}),
        ("post", "posts/POST/comments", {"body": "Why?"}),
        ("put", "answers/ANSWER/vote", {"value": 1}),
    ],
)
def test_field_that_nobody_knows_is_refused_by_name(ada, answer, client_of, method, address, given):
    address = address.replace("POST", str(answer.post_id)).replace("ANSWER", str(answer.pk))
    browser = client_of(ada)
    before = table_digests()
    response = sends(browser, method, address, **given, colour="red")
    assert response.status_code == 422
    assert [error["where"][-1] for error in response.json()["errors"]] == ["colour"]
    assert table_digests() == before


def test_publish_wants_a_topic_where_there_are_topics(ada, algebra, client_of):
    make_tag(algebra, "Signs", is_topic=True)
    refused = sends(client_of(ada), "post", "posts", **ASKED)
    assert is_problem(refused, 422, "Choose a topic.", errors=fault("topic", "Choose a topic."))
    for given in ({"topic": "signs"}, {"tags": ["signs"], "title": "Another title that is long"}):
        assert sends(client_of(ada), "post", "posts", **ASKED | given).json()["tags"] == [
            {"name": "Signs", "slug": "signs"}
        ]


def test_edit_changes_what_is_named_and_nothing_else(ada, algebra, question, client_of):
    make_tag(algebra, "Signs")
    browser, address = client_of(ada), f"posts/{question.pk}"
    assert sends(browser, "patch", address, tags=["signs"]).json()["tags"] == [{"name": "Signs", "slug": "signs"}]
    said = sends(browser, "patch", address, title="Another title that is long").json()
    assert (said["title"], said["body"], [tag["slug"] for tag in said["tags"]]) == (
        "Another title that is long",
        question.body,
        ["signs"],
    )
    refused = sends(browser, "patch", address, title=None)
    assert is_problem(refused, 422, "This field is required.", errors=fault("title", "This field is required."))


def test_edit_of_another_wants_to_know_why(otto, question, answer, client_of):
    sentence = "This field is required."
    for address in (f"posts/{question.pk}", f"answers/{answer.pk}", f"comments/{make_comment(otto, answer).pk}"):
        is_own = address.startswith("comments")
        refused = sends(client_of(otto), "patch", address, body=TEXT)
        assert refused.status_code == (200 if is_own else 422)
        assert is_own or is_problem(refused, 422, sentence, errors=fault("note", sentence))


@pytest.mark.parametrize("noun", ["posts", "answers", "comments"])
def test_edit_of_what_somebody_changed_meanwhile_gives_both_texts(ada, bob, otto, question, client_of, noun):
    content = {"posts": question, "answers": make_answer(ada, question), "comments": make_comment(ada, question)}[noun]
    browser, address = client_of(ada), f"{noun}/{content.pk}"
    began_with = browser.get(f"{API}/{address}").json()["text_version"]
    saved = sends(client_of(otto), "patch", address, body=f"{TEXT} By Otto.", note="clearer", began_with=began_with)
    assert saved.status_code == 200
    conflict = sends(browser, "patch", address, body=f"{TEXT} By Ada.", began_with=began_with)
    said = conflict.json()
    assert (conflict.status_code, said["theirs"]["body"], said["yours"]["body"]) == (
        409,
        f"{TEXT} By Otto.",
        f"{TEXT} By Ada.",
    )
    content.refresh_from_db()
    assert content.body == f"{TEXT} By Otto."
    again = {"body": f"{TEXT} By both.", "began_with": said["theirs"]["text_version"]}
    assert sends(browser, "patch", address, **again).json()["body"] == f"{TEXT} By both."


def test_answer_and_comment_are_those_of_the_page(ada, bob, question, client_of):
    browser = client_of(bob)
    given = sends(browser, "post", f"posts/{question.pk}/answers", body=TEXT)
    answer = Answer.objects.get()
    assert (given.status_code, given.json()["id"], given.json()["html"]) == (201, answer.pk, answer.html)
    assert browser.get(f"{API}/posts/{question.pk}").json()["answers"][0]["body"] == TEXT
    second = sends(browser, "post", f"posts/{question.pk}/answers", body=f"{TEXT} Once more.")
    sentence = "You have answered already. Say that this is a different approach, or add to your answer."
    assert is_problem(second, 422, sentence)
    for noun, target in (("posts", question), ("answers", answer)):
        said = sends(client_of(ada), "post", f"{noun}/{target.pk}/comments", body="Which step?", kind="clarify").json()
        comment = Comment.objects.get(pk=said["id"])
        assert (comment.target, comment.kind, comment.body) == (target, CommentKind.CLARIFY, "Which step?")
        resolved = sends(client_of(ada), "put", f"comments/{comment.pk}/resolved").json()
        assert resolved["resolved_at"] is not None
        assert sends(client_of(ada), "delete", f"comments/{comment.pk}/resolved").json()["resolved_at"] is None


def test_short_texts_are_refused_in_the_words_of_the_page(bob, question, client_of, read):
    browser = client_of(bob)
    page = read(browser.post(f"/posts/{question.pk}/answers/", {"body": "Short."}))
    sentence = page.select_one(".field__error, .errorlist li").get_text(strip=True)
    refused = sends(browser, "post", f"posts/{question.pk}/answers", body="Short.")
    assert is_problem(refused, 422, sentence, errors=fault("body", sentence))


def test_delete_takes_it_away_and_restore_brings_it_back(bob, otto, answer, client_of):
    browser, address = client_of(bob), f"answers/{answer.pk}"
    assert sends(browser, "delete", address).status_code == 204
    assert browser.get(f"{API}/{address}").status_code == 404
    assert sends(browser, "post", f"{address}/restore").json()["body"] == answer.body
    refused = sends(client_of(otto), "delete", address)
    assert is_problem(
        refused, 422, "This field is required.", errors=fault("reason", "This field is required.", "query")
    )
    assert sends(client_of(otto), "delete", f"{address}?reason=spam").status_code == 204
    answer.refresh_from_db()
    assert answer.deleted_for == "spam"


def test_vote_counts_once_and_says_why_it_is_down(ada, answer, client_of):
    answer.post.community.memberships.update(trust_level=Trust.TRUSTED)
    browser, address = client_of(ada), f"answers/{answer.pk}/vote"
    for _ in range(2):
        assert sends(browser, "put", address, value=1).json() == {"value": 1, "up": 1, "down": 0}
    down = sends(browser, "put", address, value=-1)
    assert is_problem(
        down, 422, "A vote down says what is wrong.", errors=fault("reason", "A vote down says what is wrong.")
    )
    assert sends(browser, "put", address, value=-1, reason="unclear").json() == {"value": -1, "up": 0, "down": 1}
    assert sends(browser, "put", address, value=0).json() == {"value": 0, "up": 0, "down": 0}
    assert sends(browser, "put", address, value=2).status_code == 422
    assert browser.get(f"{API}/answers/{answer.pk}").json()["mine"]["vote"] == 0


def test_vote_on_what_takes_no_down_votes_is_refused(ada, bob, question, client_of):
    assert question.community.downvotes == Downvotes.ANSWERS
    refused = sends(client_of(bob), "put", f"posts/{question.pk}/vote", value=-1, reason="unclear")
    assert is_problem(refused, 403, "Posts can only be voted up.")


def test_accept_and_endorse_and_taking_both_back(ada, otto, answer, client_of):
    address = f"answers/{answer.pk}"
    assert sends(client_of(ada), "put", f"{address}/accepted").json()["is_accepted"]
    assert [one["username"] for one in sends(client_of(otto), "put", f"{address}/endorsed").json()["endorsed_by"]] == [
        "otto"
    ]
    assert client_of(otto).get(f"{API}/{address}").json()["mine"]["said"] == ["endorsed"]
    assert sends(client_of(otto), "delete", f"{address}/endorsed").json()["endorsed_by"] == []
    said = sends(client_of(ada), "delete", f"{address}/accepted").json()
    assert (said["is_accepted"], said["state"]) == (False, "unreviewed")


def test_join_and_leave(eve, algebra, closed, client_of):
    browser = client_of(eve)
    assert sends(browser, "put", "communities/algebra/membership").json()["mine"]["role"] == "member"
    assert sends(browser, "delete", "communities/algebra/membership").status_code == 204
    assert not algebra.memberships.filter(user=eve).exists()
    address = f"communities/{closed.slug}/membership"
    assert is_problem(sends(browser, "put", address), 404, "This is not here.")
    assert is_problem(sends(browser, "put", f"{address}?invite_key=forged"), 404, "This is not here.")
    assert sends(browser, "put", f"{address}?invite_key={closed.invite_key}").json()["is_member"]


def test_writing_too_often_is_a_problem(ada, question, client_of, monkeypatch):
    monkeypatch.setitem(RATES, "comment", Rate(1, 3600))
    browser, address = client_of(ada), f"posts/{question.pk}/comments"
    assert sends(browser, "post", address, body="The first").status_code == 201
    refused = sends(browser, "post", address, body="The second")
    assert is_problem(refused, 429, "That was a lot at once. Please try again later.")
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
