"""A text that waited behind the sign-in is a draft as soon as its form shows it; no note claims what was not saved."""

import pytest
from django.test import Client

from communities import rules
from communities.models import Draft, Membership
from tests.communities.views.test_drafts import HTMX, TEXT, TITLE, known, places, typed
from tests.factories import make_answer, make_comment, make_suggestion

LATER = "Written after the session had ended."


@pytest.fixture
def all_places(ada, bob, algebra, question):
    """Each with who writes there."""
    answer = make_answer(ada, question)
    own = places(algebra, question, answer, make_comment(ada, question))
    others = {
        "post-suggestion": f"/posts/{question.pk}/suggest/",
        "answer-suggestion": f"/answers/{answer.pk}/suggest/",
        "suggestion-rework": f"/edits/{make_suggestion(bob, question).pk}/rework/",
    }
    return {kind: (ada, form) for kind, (_, form) in own.items()} | {kind: (bob, form) for kind, form in others.items()}


def signed_in_again(form: str, person, **sent: str) -> Client:
    """They sent the form when their session was over, and are back."""
    browser = Client()
    browser.post(form, {"body": LATER} | sent)
    browser.force_login(person)
    return browser


def notes(page) -> dict[str, list[str]]:
    found = {name: page.select(f".draft__{name}") for name in ("saved", "refused")}
    return {name: [" ".join(note.get_text().split()[:2]) for note in note_list] for name, note_list in found.items()}


def test_text_that_waited_is_a_draft_as_soon_as_its_form_shows_it(all_places, read):
    for kind, (person, form) in all_places.items():
        browser = signed_in_again(form, person, kind="discussion", title=TITLE)
        page = read(browser.get(form))
        draft = Draft.objects.get(kind=kind)
        assert (kind, draft.author, draft.fields["body"], known(page)) == (kind, person, LATER, f"{draft.pk}-1")
        assert notes(page) == {"saved": ["Draft saved"], "refused": []}
        later = read(browser.get(form)).select_one("main textarea[name=body]")
        assert (kind, later.get_text().strip()) == (kind, LATER)


def test_text_that_waited_goes_on_with_the_draft_its_window_had(bob, question, client_of, read):
    form = f"/posts/{question.pk}/answers/"
    begun = known(read(typed(client_of(bob), f"/drafts/answer/{question.pk}/")))
    page = read(signed_in_again(form, bob, draft=begun).get(form))
    draft = Draft.objects.get()
    assert (draft.fields, known(page), page.select(".draft__other")) == ({"body": LATER}, f"{draft.pk}-2", [])


def test_text_that_waited_stands_beside_what_another_window_wrote(bob, question, client_of, read):
    form = f"/posts/{question.pk}/answers/"
    typed(client_of(bob), f"/drafts/answer/{question.pk}/")
    browser = signed_in_again(form, bob)
    page = read(browser.get(form))
    assert {draft.number: draft.fields["body"] for draft in Draft.objects.all()} == {1: TEXT, 2: LATER}
    assert [other.get_text() for other in page.select(".draft__text")] == [TEXT]
    assert read(browser.get(question.get_absolute_url())).select_one("main textarea").get_text().strip() == LATER


def test_text_that_waited_and_found_no_room_is_shown_and_that_is_said(bob, question, client_of, read, monkeypatch):
    monkeypatch.setattr(rules, "DRAFTS_AT_PLACE", 2)
    form = f"/posts/{question.pk}/answers/"
    for n in (1, 2):
        typed(client_of(bob), f"/drafts/answer/{question.pk}/", body=f"Window {n}")
    page = read(signed_in_again(form, bob).get(form))
    assert page.select_one("main textarea").get_text().strip() == LATER
    said = page.select_one(".draft__refused").get_text()
    assert said == "Not saved: you have 2 drafts of this already. Delete one of them."
    assert notes(page)["saved"] == []


def test_text_of_who_may_write_no_longer_waits_until_they_may(bob, algebra, question, read):
    form = f"/posts/{question.pk}/answers/"
    browser = signed_in_again(form, bob)
    Membership.objects.filter(user=bob, community=algebra).delete()
    assert (browser.get(form).status_code, Draft.objects.count()) == (403, 0)
    browser.post("/c/algebra/join/")
    assert read(browser.get(form)).select_one("main textarea").get_text().strip() == LATER


def test_second_answer_that_was_to_go_below_the_first_waits_below_it(bob, question, read):
    first = make_answer(bob, question)
    form = f"/answers/{first.pk}/edit/"
    page = read(signed_in_again(form, bob, append="1").get(form))
    both = f"{first.body}\n\n{LATER}"
    assert page.select_one("main textarea").get_text().strip() == both
    assert Draft.objects.get().fields["body"] == both


def test_form_that_comes_back_claims_no_save_of_what_it_shows(bob, question, client_of, read):
    begun = known(read(typed(client_of(bob), f"/drafts/answer/{question.pk}/", body="Too short.\nYes.")))
    form = f"/posts/{question.pk}/answers/"
    same = read(client_of(bob).post(form, {"body": "Too short.\r\nYes.", "draft": begun}))
    other = read(client_of(bob).post(form, {"body": "Shorter.", "draft": begun}))
    assert (notes(same)["saved"], notes(other)["saved"]) == (["Draft saved"], [])
    assert (known(same), known(other)) == (begun, begun)


def test_signed_out_without_any_cookie_is_told_the_same(closed, read):
    """Neither the token nor the place matters: a private community answers as any other."""
    browser = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    response = browser.post(f"/drafts/post/{closed.pk}/", {"body": TEXT, "draft": "17-3"}, headers=HTMX)
    page = read(response)
    said = "Not saved: you are signed out. Sign in again in another tab."
    assert (response.status_code, known(page), page.select_one(".draft__refused").get_text()) == (200, "17-3", said)
