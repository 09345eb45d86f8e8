"""Suggesting an edit, and deciding about it, by its pages."""

import pytest

from communities.actions.answering import edit_answer
from communities.actions.suggesting import reject_suggestion
from communities.models import Membership, Suggestion, Trust
from communities.tagging import slugs_of
from tests.factories import make_post, make_suggestion, make_tag

BETTER = "A subtraction is the addition of the opposite number: turn its sign, then add it up with all the others."


def hidden(page) -> str:
    return page.find("input", {"name": "began_with"})["value"]


def test_outsider_suggests_and_author_approves(bob, eve, answer, client_of, read):
    browser = client_of(eve)
    page = read(browser.get(answer.post.get_absolute_url()))
    link = page.select_one(".answer a[href$='/suggest/']")["href"]
    form = read(browser.get(link))
    assert form.find("textarea").get_text().strip() == answer.body
    given = {"body": BETTER, "note": "clearer words", "began_with": hidden(form)}
    assert browser.post(link, given | {"note": ""}).status_code == 422
    address = browser.post(link, given)["Location"]
    suggestion = Suggestion.objects.get()
    assert address == suggestion.get_absolute_url()
    page = read(client_of(bob).get(address))
    assert page.select_one(".difference ins") is not None
    client_of(bob).post(page.select_one("button[formaction*=approve]")["formaction"])
    answer.refresh_from_db()
    assert answer.body == BETTER
    state = read(browser.get(address)).select_one(".suggestion__state").get_text()
    assert " ".join(state.split()) == "Approved by Bob. History"


def test_composer_of_a_guest_only_previews(ada, eve, answer, client_of, read):
    """A guest has neither members to name nor pictures to add; a conflict asks for the same."""
    composing = {}
    for person in (ada, eve):
        browser, address = client_of(person), f"/answers/{answer.pk}/suggest/"
        moved = browser.post(address, {"body": BETTER, "note": "x", "began_with": "0123456789abcdef"})
        assert moved.status_code == 409
        for page in (read(browser.get(address)), read(moved)):
            form = page.find("textarea").find_parent("form")
            composing.setdefault(person, []).append({key: form[key] for key in form.attrs if key.startswith("data-")})
    here = {f"data-{what}": f"/c/algebra/{what}/" for what in ("preview", "pictures", "completions")}
    assert composing == {ada: [here, here], eve: [{"data-preview": "/preview/"}] * 2}


def test_guest_suggests_tags_that_the_community_has(ada, eve, algebra, client_of, read):
    make_tag(algebra, "signs")
    post = make_post(ada, algebra)
    browser, address = client_of(eve), f"/posts/{post.pk}/suggest/"
    given = {"title": post.title, "body": post.body, "note": "a tag", "tags": "signs, new ones", "new_tags": "on"}
    refused = browser.post(address, given)
    assert (refused.status_code, read(refused).select_one(".field__error").get_text().strip()) == (
        422,
        "This community has no tag new-ones. Choose another one.",
    )
    place = browser.post(address, given | {"tags": "signs"})["Location"]
    shown = read(client_of(ada).get(place))
    assert [put.get_text() for put in shown.select(".difference ins")] == ["signs"]
    client_of(ada).post(shown.select_one("button[formaction*=approve]")["formaction"])
    assert slugs_of(post) == ["signs"]


def test_guest_suggests_another_topic(ada, eve, algebra, client_of, read):
    for name in ("Signs", "Fractions"):
        make_tag(algebra, name, is_topic=True)
    make_tag(algebra, "other")
    post = make_post(ada, algebra, tags=["other", "signs"])
    browser, address = client_of(eve), f"/posts/{post.pk}/suggest/"
    assert read(browser.get(address)).select_one("select[name=topic] option[selected]")["value"] == "signs"
    given = {"title": post.title, "body": post.body, "note": "it divides", "topic": "fractions", "tags": "other"}
    shown = read(client_of(ada).get(browser.post(address, given)["Location"]))
    client_of(ada).post(shown.select_one("button[formaction*=approve]")["formaction"])
    assert slugs_of(post) == ["other", "fractions"]


def test_rejection_without_a_reason_comes_back(bob, eve, answer, client_of, read):
    suggestion = make_suggestion(eve, answer)
    browser = client_of(bob)
    assert browser.post(f"/edits/{suggestion.pk}/reject/", {"reason": " "}).status_code == 422
    browser.post(f"/edits/{suggestion.pk}/reject/", {"reason": "says the same"})
    state = read(client_of(eve).get(suggestion.get_absolute_url())).select_one(".suggestion__state").get_text()
    assert " ".join(state.split()) == "Rejected by Bob: says the same"


def test_moved_text_offers_to_put_both_together(bob, eve, answer, client_of, read):
    suggestion = make_suggestion(eve, answer)
    edit_answer(answer, by=bob, body=BETTER)
    browser = client_of(bob)
    page = read(browser.get(suggestion.get_absolute_url()))
    assert (page.select("button[formaction*=approve]"), page.select_one("a[href*=rework]").get_text()) == (
        [],
        "Put together",
    )
    browser.post(f"/edits/{suggestion.pk}/approve/")
    answer.refresh_from_db()
    assert answer.body == BETTER
    page = read(browser.get(f"/edits/{suggestion.pk}/rework/"))
    browser.post(
        f"/edits/{suggestion.pk}/rework/", {"body": f"{BETTER} Yes.", "note": "both", "began_with": hidden(page)}
    )
    browser.post(f"/edits/{suggestion.pk}/approve/")
    answer.refresh_from_db()
    assert answer.body == f"{BETTER} Yes."


def test_suggestion_from_an_older_text_shows_both(bob, eve, answer, client_of, read):
    browser, address = client_of(eve), f"/answers/{answer.pk}/suggest/"
    began_with = hidden(read(browser.get(address)))
    edit_answer(answer, by=bob, body=BETTER)
    given = {"body": f"{answer.body} Yes.", "note": "more", "began_with": began_with}
    response = browser.post(address, given)
    assert (response.status_code, read(response).select_one(".conflict__text").get_text()) == (409, BETTER)
    assert Suggestion.objects.count() == 0


def came_back(page) -> tuple[str, str, str]:
    """What is wrong, and the text and the note in the form."""
    text, note = page.find("textarea", {"name": "body"}), page.find("input", {"name": "note"})
    return page.select_one(".form__errors li").get_text(), text.get_text().strip(), note["value"]


def test_suggestion_that_changes_nothing_comes_back_with_its_note(eve, answer, client_of, read):
    response = client_of(eve).post(f"/answers/{answer.pk}/suggest/", {"body": answer.body, "note": "clearer words"})
    said = "This is what it says already: change something, then suggest it."
    assert (response.status_code, came_back(read(response))) == (422, (said, answer.body, "clearer words"))


def test_second_suggestion_comes_back_with_its_text(eve, answer, client_of, read):
    make_suggestion(eve, answer)
    response = client_of(eve).post(f"/answers/{answer.pk}/suggest/", {"body": BETTER, "note": "clearer words"})
    said = "Your last suggestion for this text still waits; you can rework it."
    assert (response.status_code, came_back(read(response))) == (422, (said, BETTER, "clearer words"))


def test_rework_of_what_was_decided_comes_back_with_its_text(bob, eve, answer, client_of, read):
    suggestion = make_suggestion(eve, answer)
    reject_suggestion(suggestion, by=bob, reason="says the same")
    response = client_of(eve).post(f"/edits/{suggestion.pk}/rework/", {"body": BETTER, "note": "clearer words"})
    assert (response.status_code, came_back(read(response))) == (
        422,
        ("It has been decided meanwhile.", BETTER, "clearer words"),
    )


def test_second_visit_leads_to_ones_own_suggestion(eve, answer, client_of):
    suggestion = make_suggestion(eve, answer)
    assert client_of(eve).get(f"/answers/{answer.pk}/suggest/")["Location"] == f"/edits/{suggestion.pk}/rework/"


@pytest.mark.parametrize("trust", [Trust.KNOWN, Trust.TRUSTED])
def test_list_shows_what_one_decides_about(ada, bob, otto, eve, answer, client_of, read, trust):
    make_suggestion(eve, answer)
    Membership.objects.filter(user=ada).update(trust_level=trust)
    seen = {}
    for person in (ada, bob, otto, eve):
        page = read(client_of(person).get("/c/algebra/edits/"))
        seen[person.username] = len(page.select(".suggestions__one"))
    assert seen == {"ada": int(trust == Trust.TRUSTED), "bob": 1, "otto": 1, "eve": 1}


def test_who_may_edit_is_not_asked_to_suggest(ada, bob, otto, eve, answer, client_of, read):
    seen = {}
    for person in (ada, bob, otto, eve, None):
        page = read(client_of(person).get(answer.post.get_absolute_url()))
        seen[person and person.username] = [act.get_text() for act in page.select(".answer .deeds a.act")]
    assert {who: words[:1] for who, words in seen.items()} == {
        "ada": ["Suggest an edit"],
        "bob": ["Edit"],
        "otto": ["Edit"],
        "eve": ["Suggest an edit"],
        None: [],
    }
