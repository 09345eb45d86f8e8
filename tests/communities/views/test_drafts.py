"""Drafts: saved while one types, given back, never overwritten by another window, closed by publishing, private."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from communities import rules
from communities.actions.community import guide_asking
from communities.forms.answers import AnswerEditForm, AnswerForm, SecondAnswerForm
from communities.forms.comments import CommentEditForm, CommentForm
from communities.forms.posts import PostEditForm, QuestionForm, TextPostForm
from communities.forms.suggestions import AnswerSuggestionForm, PostSuggestionForm
from communities.models import Answer, Draft, Post
from communities.models.draft import KEPT_FIELDS
from communities.rules import RATES
from communities.tasks import forget_drafts
from net.limits import Rate
from tests.factories import make_answer, make_comment, make_user

HTMX = {"HX-Request": "true"}
TEXT = "A subtraction is the addition of a negative number."
TITLE = "Which book did you like best?"


def places(community, post, answer, comment) -> dict[str, tuple[str, str]]:
    """Of each kind of draft, where it is saved and its form."""
    return {
        "post": (f"/drafts/post/{community.pk}/", "/c/algebra/ask/"),
        "answer": (f"/drafts/answer/{post.pk}/", f"/posts/{post.pk}/answers/"),
        "comment-on-post": (f"/drafts/comment-on-post/{post.pk}/", f"/posts/{post.pk}/comments/"),
        "comment-on-answer": (f"/drafts/comment-on-answer/{answer.pk}/", f"/answers/{answer.pk}/comments/"),
        "post-edit": (f"/drafts/post-edit/{post.pk}/", f"/posts/{post.pk}/edit/"),
        "answer-edit": (f"/drafts/answer-edit/{answer.pk}/", f"/answers/{answer.pk}/edit/"),
        "comment-edit": (f"/drafts/comment-edit/{comment.pk}/", f"/comments/{comment.pk}/edit/"),
    }


@pytest.fixture
def all_places(ada, algebra, question):
    """Ada may write in each."""
    answer = make_answer(ada, question)
    return places(algebra, question, answer, make_comment(ada, question))


def typed(browser: Client, address: str, known: str = "", **fields: str):
    """What the page sends two seconds after the last key."""
    return browser.post(address, {"body": TEXT, "draft": known} | fields, headers=HTMX)


def known(page) -> str | None:
    field = page.select_one(".draft input[name=draft], input[name=draft]")
    return field and field["value"]


def test_every_form_gives_its_draft_back(ada, all_places, client_of, read):
    for kind, (save, form) in all_places.items():
        typed(client_of(ada), save, kind="discussion", title=TITLE)
        page = read(client_of(ada).get(form))
        assert (kind, page.select_one("main textarea[name=body]").get_text().strip()) == (kind, TEXT)
        draft = Draft.objects.get(kind=kind)
        assert known(page) == f"{draft.pk}-1"
    assert Draft.objects.count() == len(all_places)


def test_question_comes_back_in_its_parts(ada, algebra, client_of, read):
    parts = {
        "title": TITLE,
        "goal": "Know more.",
        "tried": "Two of them.",
        "stuck": "Both are old.",
        "kind": "question",
    }
    client_of(ada).post(f"/drafts/post/{algebra.pk}/", parts, headers=HTMX)
    page = read(client_of(ada).get("/c/algebra/ask/"))
    texts = {area["name"]: area.get_text().strip() for area in page.select("main textarea")}
    assert texts == {name: parts[name] for name in ("goal", "tried", "stuck")}
    assert page.find("input", {"name": "title"})["value"] == TITLE


def test_page_of_the_post_gives_the_answer_back(ada, bob, question, client_of, read):
    typed(client_of(bob), f"/drafts/answer/{question.pk}/")
    shown = {
        person.username: read(client_of(person).get(question.get_absolute_url())).select_one("#answer-form textarea")
        for person in (ada, bob)
    }
    assert {name: area.get_text().strip() for name, area in shown.items()} == {"ada": "", "bob": TEXT}


def test_second_save_goes_on_with_the_same_draft(bob, question, client_of, read):
    browser, save = client_of(bob), f"/drafts/answer/{question.pk}/"
    first = read(typed(browser, save))
    second = read(typed(browser, save, known(first), body=f"{TEXT} More."))
    draft = Draft.objects.get()
    assert (draft.fields["body"], draft.version, known(second)) == (f"{TEXT} More.", 2, f"{draft.pk}-2")
    assert second.select_one(".draft__saved").get_text().startswith("Draft saved")


def test_two_windows_keep_both_texts(bob, question, client_of, read):
    browser, save = client_of(bob), f"/drafts/answer/{question.pk}/"
    begun = known(read(typed(browser, save)))
    typed(browser, save, begun, body="The first window went on writing.")
    late = read(typed(browser, save, begun, body="The second window wrote as well."))
    texts = {draft.number: draft.fields["body"] for draft in Draft.objects.all()}
    assert texts == {1: "The first window went on writing.", 2: "The second window wrote as well."}
    assert late.select_one(".draft__text").get_text() == "The first window went on writing."
    assert known(late) == f"{Draft.objects.get(number=2).pk}-1"
    typed(browser, save, known(late), body="The second window writes on.")
    assert sorted(draft.fields["body"] for draft in Draft.objects.all()) == [
        "The first window went on writing.",
        "The second window writes on.",
    ]
    page = read(browser.get(f"/posts/{question.pk}/answers/"))
    link = page.select_one(".draft__other a")["href"]
    other = read(browser.get(link)).select_one("main textarea").get_text().strip()
    assert (page.select_one("main textarea").get_text().strip(), other) == (
        "The second window writes on.",
        "The first window went on writing.",
    )


def test_two_windows_that_both_begin_keep_both_texts(bob, question, client_of):
    for body in ("One window began with this.", "The other window began with that.", "One window began with this."):
        typed(client_of(bob), f"/drafts/answer/{question.pk}/", body=body)
    assert sorted(draft.fields["body"] for draft in Draft.objects.all()) == [
        "One window began with this.",
        "The other window began with that.",
    ]


def test_publishing_closes_the_draft(bob, question, client_of, read):
    browser, save = client_of(bob), f"/drafts/answer/{question.pk}/"
    begun = known(read(typed(browser, save)))
    browser.post(f"/posts/{question.pk}/answers/", {"body": TEXT, "draft": begun})
    assert (Answer.objects.get().body, Draft.objects.count()) == (TEXT, 0)


def test_publishing_leaves_what_another_window_wrote(bob, question, client_of, read):
    browser, save = client_of(bob), f"/drafts/answer/{question.pk}/"
    begun = known(read(typed(browser, save)))
    typed(browser, save, begun, body="Another window went on with it.")
    browser.post(f"/posts/{question.pk}/answers/", {"body": TEXT, "draft": begun})
    assert (Answer.objects.get().body, Draft.objects.get().fields["body"]) == (TEXT, "Another window went on with it.")


REFUSED = {
    "short title": {"title": "Which?"},
    "empty text": {"body": ""},
    "long text": {"body": "W" * 30_001},
    "six tags": {"tags": "one, two, three, four, five, six"},
    "unknown tag": {"tags": "quaternions"},
}


@pytest.mark.parametrize("wrong", REFUSED.values(), ids=REFUSED)
def test_form_that_is_refused_keeps_its_draft(ada, algebra, client_of, read, wrong):
    fields = {"kind": "discussion", "title": TITLE, "body": TEXT, "tags": ""} | wrong
    browser = client_of(ada)
    begun = known(read(browser.post(f"/drafts/post/{algebra.pk}/", fields, headers=HTMX)))
    response = browser.post("/c/algebra/ask/", fields | {"draft": begun})
    assert (response.status_code, known(read(response)), Post.objects.count()) == (422, begun, 0)
    assert Draft.objects.get().fields == fields


def test_edit_of_an_old_text_keeps_its_draft(ada, otto, question, client_of, read):
    browser, address = client_of(ada), f"/posts/{question.pk}/edit/"
    fields = {"title": TITLE, "body": f"{question.body} Please.", "tags": "", "note": ""}
    fields["began_with"] = "0123456789abcdef"
    begun = known(read(browser.post(f"/drafts/post-edit/{question.pk}/", fields, headers=HTMX)))
    response = browser.post(address, fields | {"draft": begun})
    assert (response.status_code, known(read(response)), Draft.objects.get().fields) == (409, begun, fields)


def writing(page) -> dict[str, str]:
    texts = {area["name"]: area.get_text().strip() for area in page.select("main textarea")}
    return {"title": page.find("input", {"name": "title"})["value"]} | texts


def test_draft_of_a_question_opens_as_one_text_under_another_kind(ada, algebra, client_of, read):
    """Its parts go into the text, which holds the only copy once that is saved."""
    browser, save = client_of(ada), f"/drafts/post/{algebra.pk}/"
    parts = {"kind": "question", "title": TITLE, "goal": "Know more.", "tried": "Two of them.", "stuck": ""}
    browser.post(save, parts, headers=HTMX)
    page = read(browser.get("/c/algebra/ask/?kind=discussion"))
    whole = "## Goal\n\nKnow more.\n\n## What I tried\n\nTwo of them."
    assert writing(page) == {"title": TITLE, "body": whole}
    sent = {"kind": "discussion", "title": TITLE, "body": f"{whole} Or three.", "draft": known(page)}
    browser.post(save, sent, headers=HTMX)
    assert Draft.objects.get().text == f"{TITLE}\n\n{whole} Or three."
    back = read(browser.get("/c/algebra/ask/?kind=question"))
    assert writing(back) == {"title": TITLE, "goal": "", "tried": f"{whole} Or three.", "stuck": ""}


def test_draft_of_a_discussion_opens_as_what_was_tried_in_a_question(ada, algebra, client_of, read):
    typed(client_of(ada), f"/drafts/post/{algebra.pk}/", kind="discussion", title=TITLE)
    page = read(client_of(ada).get("/c/algebra/ask/?kind=question"))
    assert writing(page) == {"title": TITLE, "goal": "", "tried": TEXT, "stuck": ""}


def test_template_of_the_community_is_not_carried_to_another_kind(ada, otto, algebra, client_of, read):
    guide_asking(algebra, by=otto, question_template="Grade:\nBook:", asking_hints="")
    begun = {"kind": "question", "title": TITLE, "goal": "", "tried": "Grade:\r\nBook:", "stuck": ""}
    client_of(ada).post(f"/drafts/post/{algebra.pk}/", begun, headers=HTMX)
    assert writing(read(client_of(ada).get("/c/algebra/ask/?kind=discussion"))) == {"title": TITLE, "body": ""}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"body": " \n "}, "Nothing to save yet."),
        ({"body": "W" * 100_001}, "Not saved: this is too long for a draft."),
    ],
    ids=["blank", "long"],
)
def test_what_is_not_saved_is_said_in_place(bob, question, client_of, read, fields, sentence):
    page = read(typed(client_of(bob), f"/drafts/answer/{question.pk}/", **fields))
    assert (page.select_one(".draft__refused").get_text(), Draft.objects.count()) == (sentence, 0)


def test_draft_loses_its_nul_and_nothing_else(bob, question, client_of):
    typed(client_of(bob), f"/drafts/answer/{question.pk}/", body="a\x00b")
    assert Draft.objects.get().fields == {"body": "ab"}


def test_draft_keeps_every_field_of_its_form_and_nothing_else(bob, question, client_of):
    forms = [QuestionForm, TextPostForm, PostEditForm, AnswerForm, SecondAnswerForm, AnswerEditForm]
    forms += [CommentForm, CommentEditForm, PostSuggestionForm, AnswerSuggestionForm]
    assert {"kind"}.union(*(form.base_fields for form in forms)) == set(KEPT_FIELDS)
    names = {"anyway": "1", "look": "1", "x\x00": "y"} | {f"{n}": "z" for n in range(500)}
    assert typed(client_of(bob), f"/drafts/answer/{question.pk}/", **names).status_code == 200
    assert Draft.objects.get().fields == {"body": TEXT}


def test_one_draft_too_many_is_refused_and_what_is_there_can_be_written_on(
    bob, algebra, question, client_of, read, monkeypatch
):
    monkeypatch.setattr(rules, "DRAFTS_AT_PLACE", 2)
    monkeypatch.setattr(rules, "DRAFTS_MAX", 3)
    browser, here = client_of(bob), f"/drafts/answer/{question.pk}/"
    begun = [known(read(typed(browser, here, body=f"Window {n}"))) for n in (1, 2)]
    third = read(typed(browser, here, body="Window 3")).select_one(".draft__refused").get_text()
    assert third == "Not saved: you have 2 drafts of this already. Delete one of them."
    assert known(read(typed(browser, here, begun[1], body="Window 2 goes on"))) == begun[1][:-1] + "2"
    typed(browser, f"/drafts/comment-on-post/{question.pk}/")
    refused = browser.post(f"/drafts/post/{algebra.pk}/", {"title": TITLE})
    sentence = "Not saved: you have 3 drafts. Delete those that you no longer want."
    assert (refused.status_code, read(refused).select_one(".sorry__text").get_text()) == (403, sentence)
    assert sorted(draft.number for draft in Draft.objects.filter(kind="answer")) == [1, 2]
    Draft.objects.get(number=1, kind="answer").delete()
    typed(browser, here, body="Window 3")
    assert {draft.number: draft.text for draft in Draft.objects.filter(kind="answer")} == {
        1: "Window 3",
        2: "Window 2 goes on",
    }


def test_only_the_last_deleted_drafts_can_be_brought_back(bob, question, client_of, monkeypatch):
    monkeypatch.setattr(rules, "DRAFTS_DELETED_KEPT", 2)
    browser = client_of(bob)
    for n in range(4):
        typed(browser, f"/drafts/answer/{question.pk}/", body=f"Window {n}")
        browser.post(f"/drafts/{Draft.objects.of(bob).get().pk}/delete/")
    assert [draft.text for draft in Draft.objects.deleted_by(bob)] == ["Window 3", "Window 2"]


def test_signed_out_is_told_and_nobody_is_sent_away(question, client, read):
    response = typed(client, f"/drafts/answer/{question.pk}/", "17-3")
    page = read(response)
    assert (response.status_code, response.has_header("HX-Redirect"), known(page)) == (200, False, "17-3")
    assert page.select_one(".draft__refused").get_text() == (
        "Not saved: you are signed out. Sign in again in another tab."
    )


def test_without_scripts_a_button_saves_and_the_form_opens_again(bob, question, client_of, read):
    browser, form = client_of(bob), f"/posts/{question.pk}/answers/"
    button = read(browser.get(form)).select_one(".draft button")
    response = browser.post(button["formaction"], {"body": TEXT})
    draft = Draft.objects.get()
    assert response["Location"] == f"{form}?draft={draft.pk}"
    assert read(browser.get(response["Location"])).select_one("main textarea").get_text().strip() == TEXT


def test_without_scripts_and_signed_out_the_text_waits_behind_the_sign_in(algebra, bob, question, read):
    make_user("carla", password="three stones on a hill")
    browser, form = Client(), f"/posts/{question.pk}/answers/"
    bob.set_password("three stones on a hill")
    bob.save()
    response = browser.post(f"/drafts/answer/{question.pk}/", {"body": TEXT})
    assert response["Location"] == f"/accounts/login/?next={form}"
    browser.post("/accounts/login/", {"login": "bob", "password": "three stones on a hill", "next": form})
    assert read(browser.get(form)).select_one("main textarea").get_text().strip() == TEXT


def test_only_who_may_write_there_keeps_a_draft(eve, bob, all_places, client_of, closed, read):
    """An edit is the author's; everything else is for members."""
    for kind, (save, _) in all_places.items():
        statuses = typed(client_of(eve), save).status_code, typed(client_of(bob), save).status_code
        assert (kind, statuses) == (kind, (403, 403 if kind.endswith("edit") else 200))
    assert typed(client_of(eve), f"/drafts/post/{closed.pk}/").status_code == 404
    for nowhere in ("/drafts/x/1/", "/drafts/answer/0/", f"/drafts/answer/{'9' * 30}/"):
        assert typed(client_of(bob), nowhere).status_code == 404


def test_nobody_else_sees_changes_or_deletes_a_draft(ada, bob, otto, question, client_of, read):
    typed(client_of(bob), f"/drafts/answer/{question.pk}/")
    draft = Draft.objects.get()
    for person in (ada, otto):
        browser = client_of(person)
        for address in ("/drafts/", f"/posts/{question.pk}/answers/?draft={draft.pk}", question.get_absolute_url()):
            assert TEXT not in browser.get(address).content.decode()
        for verb in ("delete", "restore"):
            assert browser.post(f"/drafts/{draft.pk}/{verb}/").status_code == 404
        typed(browser, f"/drafts/answer/{question.pk}/", f"{draft.pk}-1", body="Somebody else writes here.")
        browser.post(
            f"/posts/{question.pk}/answers/",
            {"body": "Mine is another answer, long enough to be one.", "draft": f"{draft.pk}-1"},
        )
    draft.refresh_from_db()
    assert (draft.author, draft.fields["body"], draft.version) == (bob, TEXT, 1)


def test_list_opens_deletes_and_brings_back(bob, question, client_of, read):
    browser = client_of(bob)
    typed(browser, f"/drafts/answer/{question.pk}/")
    draft = Draft.objects.get()
    page = read(browser.get("/drafts/"))
    link = page.select_one(".drafts__title a")
    assert (link.get_text(), link["href"]) == (question.title, f"/posts/{question.pk}/answers/?draft={draft.pk}")
    browser.post(f"/drafts/{draft.pk}/delete/")
    page = read(browser.get("/drafts/"))
    assert page.select(".drafts__item") == []
    assert read(browser.get(f"/posts/{question.pk}/answers/")).select_one("main textarea").get_text().strip() == ""
    typed(browser, f"/drafts/answer/{question.pk}/", body="Begun anew in the meantime.")
    browser.post(page.select_one("#toasts form")["action"])
    assert [text.get_text() for text in read(browser.get("/drafts/")).select(".drafts__text")] == [
        "Begun anew in the meantime.",
        TEXT,
    ]


def test_list_says_what_a_draft_is_to_be_and_how_it_begins(bob, algebra, client_of, read):
    browser = client_of(bob)
    body = "The *power* $x^2$ of `x`.\n\n- And more."
    typed(browser, f"/drafts/post/{algebra.pk}/", kind="discussion", title="What is a power?", body=body)
    item = read(browser.get("/drafts/")).select_one(".drafts__item")
    assert item.select_one(".drafts__facts span").get_text().partition(" · ")[0] == "Discussion"
    assert item.select_one(".drafts__text").get_text() == "The power x2 of x."
    assert [item.select_one(f".drafts__text {tag}").name for tag in ("em", "math", "code")] == ["em", "math", "code"]


def test_draft_outlives_the_right_to_see_its_place(bob, closed, client_of, read):
    browser = client_of(bob)
    typed(browser, f"/drafts/post/{closed.pk}/", title="Canary in the title of it")
    browser.post("/c/study-group/leave/")
    item = read(browser.get("/drafts/")).select_one(".drafts__item")
    assert (item.find("a"), TEXT in item.get_text(), "Study group" in item.get_text()) == (None, True, False)


def test_old_and_deleted_drafts_are_forgotten(bob, algebra, question, client_of):
    now, browser = timezone.now(), client_of(bob)
    typed(browser, f"/drafts/answer/{question.pk}/")
    typed(browser, f"/drafts/comment-on-post/{question.pk}/")
    typed(browser, f"/drafts/post/{algebra.pk}/")
    Draft.objects.filter(kind="answer").update(saved_at=now - timedelta(days=30, minutes=1))
    Draft.objects.filter(kind="comment-on-post").update(saved_at=now - timedelta(days=29, hours=23))
    Draft.objects.filter(kind="post").update(deleted_at=now - timedelta(days=1, minutes=1))
    forget_drafts()
    assert [draft.kind for draft in Draft.objects.all()] == ["comment-on-post"]


def test_saving_has_a_limit(bob, question, client_of, monkeypatch):
    monkeypatch.setitem(RATES, "draft", Rate(1, 3600))
    statuses = [typed(client_of(bob), f"/drafts/answer/{question.pk}/", body=f"{TEXT} {n}").status_code for n in (1, 2)]
    assert statuses == [200, 429]
