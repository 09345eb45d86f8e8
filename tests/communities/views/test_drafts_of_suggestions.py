"""Drafts of suggested edits: of a post, of an answer, and of a suggestion that is put together anew."""

import pytest

from communities.actions.suggesting import reject_suggestion
from communities.models import Draft, Membership, Role, Suggestion, Trust
from tests.factories import make_answer, make_suggestion

HTMX = {"HX-Request": "true"}
TITLE = "Why do signs flip in parentheses?"
BODY = "A subtraction is the addition of the opposite number, and so each of its signs is turned."
FIELDS = {"title": TITLE, "body": BODY, "tags": "", "note": "clearer words"}


@pytest.fixture
def waiting(bob, eve, question) -> Suggestion:
    """By Eve, on an answer of Bob's of its own."""
    return make_suggestion(eve, make_answer(bob, question, "Write the minus as a factor, and multiply it in."))


@pytest.fixture
def all_places(question, answer, waiting) -> dict[str, tuple[str, str]]:
    """Of each kind of draft, where it is saved and its form; Eve may write in each."""
    return {
        "post-suggestion": (f"/drafts/post-suggestion/{question.pk}/", f"/posts/{question.pk}/suggest/"),
        "answer-suggestion": (f"/drafts/answer-suggestion/{answer.pk}/", f"/answers/{answer.pk}/suggest/"),
        "suggestion-rework": (f"/drafts/suggestion-rework/{waiting.pk}/", f"/edits/{waiting.pk}/rework/"),
    }


def writing(page) -> dict[str, str]:
    lines = {field["name"]: field.get("value", "") for field in page.select("main form.form input[type=text]")}
    return lines | {"body": page.select_one("main textarea").get_text().strip()}


def test_every_form_gives_its_draft_back_and_sending_closes_it(eve, all_places, client_of, read):
    browser = client_of(eve)
    for kind, (save, form) in all_places.items():
        fields = FIELDS if kind == "post-suggestion" else {name: FIELDS[name] for name in ("body", "note")}
        browser.post(save, fields, headers=HTMX)
        draft = Draft.objects.get()
        link = read(browser.get("/drafts/")).select_one(".drafts__title a")["href"]
        assert (kind, draft.kind, link) == (kind, kind, f"{form}?draft={draft.pk}")
        page = read(browser.get(form))
        known = page.select_one(".draft input[name=draft]")["value"]
        assert (writing(page), known) == (fields, f"{draft.pk}-1")
        assert browser.post(form, fields | {"draft": known}).status_code == 302
        assert Draft.objects.count() == 0
    assert sorted(Suggestion.objects.values_list("body", flat=True)) == [BODY] * 3


def test_suggestion_from_an_older_text_keeps_its_draft(eve, answer, all_places, client_of, read):
    browser, (save, form) = client_of(eve), all_places["answer-suggestion"]
    fields = {"body": BODY, "note": "clearer words", "began_with": "0123456789abcdef"}
    browser.post(save, fields, headers=HTMX)
    draft = Draft.objects.get()
    response = browser.post(form, fields | {"draft": f"{draft.pk}-1"})
    place = read(response).select_one("main form .draft")
    assert (response.status_code, place["hx-post"]) == (409, save)
    assert (place.find("input", {"name": "draft"})["value"], Draft.objects.get().fields) == (f"{draft.pk}-1", fields)


def test_draft_opens_although_ones_suggestion_waits(eve, answer, all_places, client_of, read):
    """Another window sent its text first."""
    browser, (save, form) = client_of(eve), all_places["answer-suggestion"]
    browser.post(save, {"body": BODY}, headers=HTMX)
    make_suggestion(eve, answer)
    assert writing(read(browser.get(form)))["body"] == BODY


def test_reworks_of_two_suggestions_for_one_text_are_two_drafts(ada, otto, eve, answer, client_of, read):
    browser = client_of(otto)
    texts = {make_suggestion(person, answer): f"{BODY} So says {person.name}." for person in (ada, eve)}
    for suggestion, body in texts.items():
        browser.post(f"/drafts/suggestion-rework/{suggestion.pk}/", {"body": body}, headers=HTMX)
    for suggestion, body in texts.items():
        assert writing(read(browser.get(f"/edits/{suggestion.pk}/rework/")))["body"] == body


def test_only_who_may_send_it_keeps_a_draft(ada, bob, otto, eve, algebra, all_places, client_of):
    """Who may edit does so; a guest's suggestion is reworked by them, its text's author and moderators."""
    Membership.objects.filter(user=ada).update(trust_level=Trust.TRUSTED)
    statuses = {
        person.username: [
            client_of(person).post(save, FIELDS, headers=HTMX).status_code for save, _ in all_places.values()
        ]
        for person in (ada, bob, otto, eve)
    }
    assert statuses == {
        "ada": [403, 200, 403],
        "bob": [200, 403, 200],
        "otto": [403, 403, 200],
        "eve": [200, 200, 200],
    }
    Membership.objects.filter(user=bob).update(role=Role.READ_ONLY)
    assert client_of(bob).post(all_places["post-suggestion"][0], FIELDS, headers=HTMX).status_code == 403


def test_rework_is_for_who_may_send_it_while_it_waits(ada, bob, waiting, client_of):
    Membership.objects.filter(user=ada).update(trust_level=Trust.TRUSTED)
    address = f"/edits/{waiting.pk}/rework/"
    assert [client_of(person).get(address).status_code for person in (ada, bob)] == [403, 200]
    reject_suggestion(waiting, by=bob, reason="says the same")
    assert client_of(bob).get(address)["Location"] == waiting.get_absolute_url()
