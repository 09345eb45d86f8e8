"""What cannot be seen is no text, wherever one writes; beside what can be seen it stays."""

import pytest

from communities.models import Answer, Membership, Post, SavedList, Trust

UNSEEN = "\u200b\u200d\u00ad\u2800\ufe0f\u202e\u3164" * 8
MISSING = "This field is required."
TALK = {
    "kind": "discussion",
    "title": "Which book did you like best?",
    "body": "For linear algebra, with proofs and pictures.",
}
ABOUT = {"name": "Chess", "tagline": "Openings and endings.", "visibility": "public"}
EDITED = {"body": "A subtraction is the addition of a negative number, always.", "note": "Says it for all."}


def short(least: int, so_far: int) -> str:
    return f"This is too short: at least {least} characters that can be seen, and it has {so_far}."


@pytest.mark.parametrize(
    ("address", "given", "field", "least"),
    [
        ("/c/algebra/ask/", TALK, "title", 15),
        ("/c/algebra/ask/", TALK, "body", 40),
        ("/posts/{post}/answers/", {}, "body", 30),
        ("/posts/{post}/comments/", {}, "body", 2),
        ("/communities/new/", ABOUT, "name", 3),
        ("/communities/new/", ABOUT, "tagline", None),
        ("/c/algebra/topics/new/", {}, "name", None),
        ("/feed/lists/", {"address": "/feed/?show=hot"}, "name", None),
        ("/answers/{answer}/report/", {"outcome": "wrong"}, "reason", 20),
        ("/answers/{answer}/edit/", EDITED, "note", None),
        ("/bookmarks/collection/", {"name": "Exam"}, "to", None),
    ],
)
def test_what_cannot_be_seen_is_missing_and_does_not_count(
    otto, question, answer, client_of, read, address, given, field, least
):
    where, seen = address.format(post=question.pk, answer=answer.pk), []
    Membership.objects.filter(user=otto).update(trust_level=Trust.TRUSTED)
    for text in (UNSEEN, f"a{UNSEEN}") if least else (UNSEEN,):
        response = client_of(otto).post(where, given | {field: text})
        page = read(response)
        errors = [error.get_text() for error in page.select(".field__error")]
        seen.append((response.status_code, errors, UNSEEN in str(page.find(attrs={"name": field}))))
    assert seen == [(422, [MISSING], True), (422, [short(least or 0, 1)], True)][: len(seen)]


def test_names_of_blanks_in_markdown_do_not_count(ada, question, client_of, read):
    response = client_of(ada).post(f"/posts/{question.pk}/answers/", {"body": "Yes. " + "&nbsp;&#8203;" * 9})
    said = [error.get_text() for error in read(response).select(".field__error")]
    assert (response.status_code, said) == (422, [short(30, 4)])


def test_joiners_in_emoji_and_persian_words_stay(bob, question, client_of):
    body = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f469\u200d\U0001f52c says it in thirty characters."
    client_of(bob).post(f"/posts/{question.pk}/answers/", {"body": body})
    assert Answer.objects.get().body == body


def test_name_that_cannot_be_seen_is_no_name(ada, client_of):
    client_of(ada).post("/settings/", {"name": UNSEEN, "bio": UNSEEN, "time_zone": "UTC"})
    ada.refresh_from_db()
    assert (ada.name, ada.bio, ada.display_name) == ("", "", "ada")


def test_what_turns_the_words_around_it_leaves_titles_and_names_of_lists(ada, algebra, client_of):
    browser = client_of(ada)
    browser.post("/c/algebra/ask/", TALK | {"title": "Which \u202ekoob\u202c did you\u2066 like?"})
    browser.post("/feed/lists/", {"address": "/feed/?show=hot", "name": "\u202eevil\u2069 list"})
    assert Post.objects.get().title == "Which koob did you like?"
    assert SavedList.objects.get().name == "evil list"
