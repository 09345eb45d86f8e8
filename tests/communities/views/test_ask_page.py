"""The ask form: three parts for a question, one text for the other kinds, a template, hints, and warnings once."""

import pytest

from communities.actions.community import guide_asking
from communities.models import Membership, Post, Role
from tests.factories import make_answer, make_post

ASK = "/c/algebra/ask/"
QUESTION = {
    "kind": "question",
    "title": "When may I divide by a variable?",
    "goal": "Solve $x^2 = x$ without losing a solution.",
    "tried": "Dividing by $x$ gives $x = 1$ alone.",
    "stuck": "The other solution is gone.",
}
TALK = {
    "kind": "discussion",
    "title": "Which book did you like best?",
    "body": "For linear algebra, with proofs and pictures.",
}
PICTURE = "![](/pictures/17.webp)"


def said(page) -> list[str]:
    return [error.get_text() for error in page.select(".field__error")]


def test_question_is_kept_as_one_text_with_headings(ada, algebra, client_of, read):
    browser = client_of(ada)
    browser.post(ASK, QUESTION)
    post = Post.objects.get()
    assert (post.kind, post.author) == ("question", ada)
    assert post.body == (
        "## Goal\n\nSolve $x^2 = x$ without losing a solution.\n\n"
        "## What I tried\n\nDividing by $x$ gives $x = 1$ alone.\n\n"
        "## Where I am stuck\n\nThe other solution is gone."
    )
    page = read(browser.get(post.get_absolute_url()))
    assert [part.get_text() for part in page.select(".post .prose h3")] == ["Goal", "What I tried", "Where I am stuck"]
    assert read(browser.get(f"/posts/{post.pk}/edit/")).find("textarea").get_text().strip() == post.body


def test_unended_code_stays_within_its_part(ada, algebra, client_of):
    client_of(ada).post(ASK, QUESTION | {"tried": "This loop:\n```python\nwhile x:\n    x -= 1"})
    assert Post.objects.get().html.count("<h3>") == 3


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("goal", "", "This field is required."),
        ("tried", "Nothing yet", "This is too short: at least 20 characters that can be seen, and it has 11."),
        ("stuck", " \n ", "This field is required."),
        ("tried", "W" * 30_000, "Together the parts may have 30000 characters."),
        ("goal", "Nothing\x00ness", "This holds a NUL, a character that is in no text. Write it without."),
    ],
    ids=["no_goal", "little_tried", "not_stuck", "too_long_together", "NUL"],
)
def test_incomplete_question_comes_back_filled(ada, algebra, client_of, read, field, value, sentence):
    response = client_of(ada).post(ASK, QUESTION | {field: value})
    page = read(response)
    assert (response.status_code, said(page)) == (422, [sentence])
    others = {name: QUESTION[name] for name in ("goal", "tried", "stuck") if name != field}
    assert {name: page.find("textarea", {"name": name}).get_text().strip() for name in others} == others
    assert Post.objects.count() == 0


def test_kinds_are_tabs_and_announcements_are_for_moderators(ada, otto, algebra, client_of, read):
    def tabs(browser) -> list[str]:
        return [tab.get_text() for tab in read(browser.get(ASK)).select("main .tabs__tab")]

    assert tabs(client_of(ada)) == ["Question", "Discussion", "Resource"]
    assert tabs(client_of(otto)) == ["Question", "Discussion", "Resource", "Announcement"]
    notice = TALK | {"kind": "announcement"}
    response = client_of(ada).post(ASK, notice)
    assert (response.status_code, Post.objects.count()) == (403, 0)
    assert "Only moderators can make announcements." in read(response).get_text()
    client_of(otto).post(ASK, notice)
    assert Post.objects.get().kind == "announcement"


@pytest.mark.parametrize(("kind", "shown"), [("resource", "resource"), ("x", "question"), ("", "question")])
def test_tab_opens_the_form_of_its_kind(ada, algebra, client_of, read, kind, shown):
    page = read(client_of(ada).get(f"{ASK}?kind={kind}"))
    assert page.find("input", {"name": "kind"})["value"] == shown
    assert (page.find("textarea", {"name": "body"}) is None) == (shown == "question")


def test_template_and_hints_of_the_community(ada, otto, algebra, client_of, read):
    given = {"question_template": "Grade:\nBook:", "asking_hints": "No **homework** here."}
    assert client_of(otto).post("/c/algebra/settings/asking/", given)["Location"] == ASK
    browser = client_of(ada)
    page = read(browser.get(ASK))
    assert page.find("textarea", {"name": "tried"}).get_text().strip() == "Grade:\nBook:"
    assert page.select_one(".page__side .prose strong").get_text() == "homework"
    response = browser.post(ASK, QUESTION | {"tried": "Grade:\nBook:"})
    assert response.status_code == 422
    algebra.refresh_from_db()
    assert (algebra.question_template, algebra.asking_hints) == ("Grade:\nBook:", "No **homework** here.")


def test_template_alone_is_no_attempt(ada, otto, algebra, client_of, read):
    template = "Which grade is it for?\nWhich book do you use?"
    guide_asking(algebra, by=otto, question_template=template, asking_hints="")
    page = read(client_of(ada).post(ASK, QUESTION | {"tried": template}))
    assert said(page) == ["So far these are only the community's words: fill in what you tried."]


def test_warnings_hold_a_post_up_once(ada, algebra, client_of, read):
    browser = client_of(ada)
    response = browser.post(ASK, QUESTION | {"stuck": "1. Why?\n2. How?"})
    page = read(response)
    assert (response.status_code, Post.objects.count()) == (422, 0)
    assert [each.get_text() for each in page.select(".warnings li")] == [
        "There is more than one question here. One post for each gets better answers."
    ]
    button = page.select_one("main .form__acts button")
    assert (button.get_text(), button["name"], button["value"]) == ("Post anyway", "anyway", "1")
    browser.post(ASK, QUESTION | {"stuck": "1. Why?\n2. How?", "anyway": "1"})
    assert Post.objects.get().body.endswith("1. Why?\n2. How?")


def test_preview_warns_of_the_whole_post(ada, algebra, client_of, read):
    browser = client_of(ada)
    picture = QUESTION | {"goal": PICTURE, "tried": PICTURE, "stuck": PICTURE, "body": PICTURE}
    shown = {"whole": picture, "part": picture | {"tried": "Dividing by x on both sides lost a solution. " * 3}}
    found = {
        name: [each.get_text() for each in read(browser.post("/c/algebra/preview/", given)).select(".warnings li")]
        for name, given in shown.items()
    }
    assert {name: len(sentences) for name, sentences in found.items()} == {"whole": 1, "part": 0}
    assert read(browser.post("/c/algebra/preview/", {"body": PICTURE})).select(".warnings") == []


def test_moderator_changes_the_kind_of_a_post(ada, bob, otto, algebra, question, client_of, read):
    Membership.objects.filter(user=bob).update(role=Role.MODERATOR)
    answer = make_answer(bob, question)
    client_of(ada).post(f"/answers/{answer.pk}/accept/", {"value": "1"})
    moderator, asker = client_of(bob), client_of(ada)
    link = f"/posts/{question.pk}/kind/"
    for browser, amount in ((moderator, 1), (asker, 0)):
        page = read(browser.get(question.get_absolute_url()))
        assert len(page.find_all("a", href=link)) == amount
    assert moderator.post(link, {"kind": "discussion"})["Location"] == question.get_absolute_url()
    page = read(asker.get(question.get_absolute_url()))
    assert (page.select_one("#answers-title").get_text(), page.select(".badge--accepted")) == ("1 reply", [])
    refused = moderator.post(link, {"kind": "poll"})
    assert (refused.status_code, Post.objects.get(pk=question.pk).kind) == (422, "discussion")


def test_kinds_of_posts_are_named_in_lists(otto, algebra, client, read):
    for kind in ("resource", "announcement"):
        make_post(otto, algebra, kind=kind, title=f"This is one {kind} of mine")
    page = read(client.get("/c/algebra/"))
    assert [kind.get_text() for kind in page.select(".post-row__kind")] == ["announcement", "resource"]
