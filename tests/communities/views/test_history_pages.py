"""The history of a text, and what changed in it."""

import pytest

from communities.actions.answering import delete_answer, edit_answer
from communities.actions.posting import delete_post, edit_post
from communities.models import Revision
from tests.factories import make_comment

SECOND = (
    "I keep losing the same sign; what is the law behind it?\n\nI tried small numbers, and they agree with each other "
    "and with the book, but not with what I believe."
)


@pytest.fixture
def edited(ada, question):
    edit_post(question, by=ada, title="Why do signs flip in parentheses?", body=SECOND, note="what I tried")
    question.refresh_from_db()
    return question


def lines(page) -> list[str]:
    return [
        str(line.decode_contents()) for line in page.select(".difference:not(.difference--title) .difference__line")
    ]


def test_byline_leads_to_the_history(edited, client, read):
    page = read(client.get(edited.get_absolute_url()))
    assert page.select_one(".post .byline__history")["href"] == f"/posts/{edited.pk}/revisions/"


def test_history_says_who_when_why_and_shows_the_newest_change(edited, client, read):
    page = read(client.get(f"/posts/{edited.pk}/revisions/"))
    assert [number.get_text() for number in page.select(".history__number")] == ["Revision 2", "Revision 1"]
    assert page.select_one(".history__number[aria-current]").get_text() == "Revision 2"
    facts = [" ".join(fact.get_text().split()).rpartition(" · ") for fact in page.select(".history__facts")]
    assert [fact[0].partition(" · ")[0] for fact in facts] == ["Ada", "Ada"]
    assert [fact[2] for fact in facts] == [f"{len(SECOND)} characters", "56 characters"]
    assert [note.get_text() for note in page.select(".history__note")] == ["what I tried"]
    title = page.select_one(".difference--title .difference__line")
    assert str(title.decode_contents()) == "Why do signs flip in<del> brackets</del><ins> parentheses</ins>?"
    assert lines(page)[0] == (
        "I keep losing the same<del> mark</del><ins> sign</ins>; what is the<del> rule</del><ins> law</ins> behind it?"
    )


def test_side_by_side_shows_each_text_whole(edited, client, read):
    page = read(client.get(f"/posts/{edited.pk}/revisions/?revision=2&view=side"))
    assert lines(page)[:2] == [
        "I keep losing the same<del> mark</del>; what is the<del> rule</del> behind it?",
        "I keep losing the same<ins> sign</ins>; what is the<ins> law</ins> behind it?",
    ]


def test_first_revision_is_shown_as_it_was(edited, client, read):
    page = read(client.get(f"/posts/{edited.pk}/revisions/?revision=1"))
    assert lines(page) == ["I keep losing the same mark; what is the rule behind it?"]
    assert (page.select_one("#change-title").get_text(), page.select(".history__view")) == ("How it began", [])


@pytest.mark.parametrize("query", ["revision=0", "revision=9", "revision=x", "revision=²", "view=x", "revision="])
def test_nonsense_shows_the_newest(edited, client, read, query):
    page = read(client.get(f"/posts/{edited.pk}/revisions/?{query}"))
    assert page.select_one("#change-title").get_text() == "Revision 2 against 1"


def test_what_was_never_edited_has_one_revision(ada, answer, client, read):
    comment = make_comment(ada, answer, "Which `step` do you mean?")
    page = read(client.get(f"/comments/{comment.pk}/revisions/"))
    assert ([n.get_text() for n in page.select(".history__number")], lines(page)) == (["Revision 1"], [comment.body])


def test_markup_in_a_revision_stays_text(bob, answer, client, read):
    edit_answer(answer, by=bob, body="<script>alert(1)</script> <b>A subtraction</b> {{ 7 }} is the addition of both.")
    page = read(client.get(f"/answers/{answer.pk}/revisions/?revision=2"))
    assert page.select(".difference script, .difference b") == []
    assert "<script>alert(1)</script>" in page.select_one(".difference").get_text()


def test_htmx_gets_the_history_alone(edited, client, read):
    fragment = read(client.get(f"/posts/{edited.pk}/revisions/?revision=1", headers={"HX-Request": "true"}))
    assert [element.get("id") for element in fragment.find_all(recursive=False)] == ["history"]


def test_deleted_texts_have_no_history(ada, bob, answer, client_of):
    question, browser = answer.post, client_of(ada)
    delete_answer(answer, by=bob)
    assert browser.get(f"/answers/{answer.pk}/revisions/").status_code == 404
    delete_post(question, by=ada)
    assert browser.get(f"/posts/{question.pk}/revisions/").status_code == 404
    assert list(Revision.objects.visible_to(ada)) == []


def test_return_button_brings_the_earlier_text_back(ada, edited, client_of, read):
    browser = client_of(ada)
    page = read(browser.get(f"/posts/{edited.pk}/revisions/?revision=1"))
    button = page.select_one("button[formaction*=return]")
    assert button.get_text() == "Go back to revision 1"
    assert browser.post(button["formaction"])["Location"] == edited.get_absolute_url()
    page = read(browser.get(f"/posts/{edited.pk}/revisions/"))
    assert [note.get_text() for note in page.select(".history__note")] == ["back to revision 1", "what I tried"]
    assert (page.h1 is not None, page.select("button[formaction*=return]")) == (True, [])


def test_who_may_not_change_the_text_sees_no_way_back(bob, edited, client_of, read):
    for person in (bob, None):
        page = read(client_of(person).get(f"/posts/{edited.pk}/revisions/?revision=1"))
        assert page.select("button[formaction*=return]") == []
