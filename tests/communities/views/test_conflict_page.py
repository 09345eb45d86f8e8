"""Two save the same text: the second sees both, and decides."""

import pytest

from communities.actions.answering import edit_answer
from communities.actions.posting import edit_post
from communities.models import Draft
from tests.factories import make_comment

HTMX = {"HX-Request": "true"}
THEIRS = "A subtraction is the addition of the opposite number."
MINE = "A subtraction is the addition of a negative number, always."


def hidden(page) -> str:
    return page.find("input", {"name": "began_with"})["value"]


def test_second_save_shows_both_texts_and_saves_nothing(bob, otto, answer, client_of, read):
    browser, address = client_of(bob), f"/answers/{answer.pk}/edit/"
    began_with = hidden(read(browser.get(address)))
    edit_answer(answer, by=otto, body=THEIRS, note="one word")
    response = browser.post(address, {"body": MINE, "began_with": began_with, "note": "always"})
    page = read(response)
    assert response.status_code == 409
    assert (page.h1.get_text(), page.select_one(".conflict__text").get_text()) == (
        "Somebody saved in between",
        THEIRS,
    )
    assert str(page.select_one(".difference__line").decode_contents()) == (
        "A subtraction is the addition of<del> the opposite</del><ins> a negative</ins> number<ins>, always</ins>."
    )
    assert (page.find("textarea").get_text().strip(), page.find("input", {"name": "note"})["value"]) == (MINE, "always")
    answer.refresh_from_db()
    assert answer.body == THEIRS
    response = browser.post(address, {"body": MINE, "began_with": hidden(page)})
    answer.refresh_from_db()
    assert (response.status_code, answer.body) == (302, MINE)


def test_conflict_of_a_post_keeps_title_and_tags(ada, otto, question, client_of, read):
    browser, address = client_of(ada), f"/posts/{question.pk}/edit/"
    began_with = hidden(read(browser.get(address)))
    body = f"{question.body} Please."
    edit_post(question, by=otto, title="Why do signs flip in parentheses?", body=question.body, note="the usual word")
    given = {"title": question.title, "body": body, "tags": "signs", "new_tags": "on", "began_with": began_with}
    page = read(browser.post(address, given))
    fields = {name: page.find("input", {"name": name})["value"] for name in ("title", "tags")}
    assert fields == {"title": question.title, "tags": "signs"}
    assert page.select_one(".conflict__title").get_text() == "Why do signs flip in parentheses?"


def test_conflict_of_a_comment_is_shown_too(ada, otto, answer, client_of, read):
    comment = make_comment(ada, answer, "Which step?")
    page = read(client_of(ada).post(f"/comments/{comment.pk}/edit/", {"body": "Which line?", "began_with": "older"}))
    assert page.select_one(".conflict__text").get_text() == "Which step?"


def test_conflict_goes_on_with_its_draft_and_saving_closes_it(bob, otto, answer, client_of, read):
    browser, address, save = client_of(bob), f"/answers/{answer.pk}/edit/", f"/drafts/answer-edit/{answer.pk}/"
    given = {"body": MINE, "note": "always", "began_with": hidden(read(browser.get(address)))}
    browser.post(save, given, headers=HTMX)
    draft = Draft.objects.get()
    edit_answer(answer, by=otto, body=THEIRS, note="one word")
    page = read(browser.post(address, given | {"draft": f"{draft.pk}-1"}))
    place = page.select_one("main form .draft")
    assert (place["hx-post"], place.find("input", {"name": "draft"})["value"]) == (save, f"{draft.pk}-1")
    both = {"body": f"{THEIRS} Always.", "note": "both", "began_with": hidden(page)}
    browser.post(save, both | {"draft": f"{draft.pk}-1"}, headers=HTMX)
    assert Draft.objects.get().fields == both
    browser.post(address, both | {"draft": f"{draft.pk}-2"})
    answer.refresh_from_db()
    assert (answer.body, Draft.objects.count()) == (both["body"], 0)


@pytest.mark.parametrize(("note", "status"), [("", 422), ("clearer words", 302)])
def test_moderators_are_asked_why(otto, question, client_of, note, status):
    given = {"title": question.title, "body": f"{question.body} Please.", "note": note}
    assert client_of(otto).post(f"/posts/{question.pk}/edit/", given).status_code == status


def test_moderator_sees_edit_on_everything_and_others_on_their_own(ada, bob, otto, answer, client_of, read):
    make_comment(ada, answer)
    question = answer.post
    seen = {}
    for person in (ada, bob, otto, None):
        page = read(client_of(person).get(question.get_absolute_url()))
        seen[person and person.username] = [link["href"].split("/")[1] for link in page.select("a[href$='/edit/']")]
    assert seen == {
        "ada": ["posts", "comments"],
        "bob": ["answers"],
        "otto": ["posts", "answers", "comments"],
        None: [],
    }
