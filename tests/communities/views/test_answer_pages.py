"""Answering, editing, accepting and deleting answers, with and without htmx."""

from datetime import timedelta

import pytest

from communities.actions.posting import convert_post
from communities.models import Answer
from tests.factories import make_answer, make_post

BODY = "Multiply both sides by the common denominator first."
HTMX = {"HX-Request": "true"}


def texts(page) -> list[str]:
    return [prose.get_text().strip() for prose in page.select(".answer__text > .prose")]


def test_answer_without_scripts_leads_to_its_anchor(bob, question, client_of, read):
    browser = client_of(bob)
    response = browser.post(f"/posts/{question.pk}/answers/", {"body": BODY})
    answer = Answer.objects.get()
    assert response["Location"] == f"{question.get_absolute_url()}#answer-{answer.pk}"
    page = read(browser.get(question.get_absolute_url()))
    assert texts(page) == [BODY]
    assert page.find(id=f"answer-{answer.pk}") is not None


def test_answer_by_htmx_gives_an_empty_form_and_the_list_beside_it(bob, question, client_of, read):
    response = client_of(bob).post(f"/posts/{question.pk}/answers/", {"body": BODY}, headers=HTMX)
    form, answers, follow = read(response).find_all(recursive=False)
    beside = [(part["id"], part["hx-swap-oob"]) for part in (answers, follow)]
    assert (form["id"], beside) == ("answer-form", [("answers", "true"), (f"follow-post-{question.pk}", "true")])
    assert (follow["aria-pressed"], follow["value"]) == ("true", "off")
    assert form.find("textarea").get_text().strip() == ""
    assert form.form["data-pictures"] == "/c/algebra/pictures/"
    assert texts(answers) == [BODY]
    assert answers.select_one("#answers-title").get_text() == "1 answer"


def test_answer_by_htmx_leaves_the_button_of_who_wants_to_hear_nothing(bob, question, client_of, read):
    browser = client_of(bob)
    browser.post(f"/posts/{question.pk}/follow/", {"level": "off"})
    response = browser.post(f"/posts/{question.pk}/answers/", {"body": BODY}, headers=HTMX)
    assert read(response).find(id=f"follow-post-{question.pk}")["aria-pressed"] == "false"


@pytest.mark.parametrize(
    ("kind", "noun", "verb"), [("question", "answer", "answered"), ("discussion", "reply", "replied")]
)
def test_words_of_what_stands_below_follow_the_kind(ada, bob, algebra, client_of, read, kind, noun, verb):
    post = make_post(ada, algebra, kind=kind)
    answer, browser = make_answer(bob, post), client_of(bob)

    def words(address: str) -> list[str]:
        page = read(browser.get(address))
        parts = (
            ".answers__title, .page-header__words h1",
            "#answer-form .field__label",
            ".form__acts .button--primary",
        )
        return [page.select_one(part).get_text() for part in parts]

    assert words(post.get_absolute_url()) == [f"1 {noun}", f"Your {noun}", f"Post {noun}"]
    assert words(f"/posts/{post.pk}/answers/") == [f"Your {noun}", f"Your {noun}", f"Post {noun}"]
    assert words(f"/answers/{answer.pk}/edit/") == [f"Edit your {noun}", f"Your {noun}", "Save"]
    shown = read(browser.get(post.get_absolute_url())).find(id=answer.anchor)
    assert (shown["aria-label"], shown.select_one(".byline__verb").get_text()) == (f"{noun.capitalize()} by Bob", verb)


def test_answer_kept_from_before_is_a_reply_when_its_post_becomes_a_discussion(otto, answer, client, read):
    place = answer.post.get_absolute_url()
    for kind, said in (("question", "Answer by Bob"), ("discussion", "Reply by Bob")):
        convert_post(answer.post, by=otto, kind=kind)
        assert read(client.get(place)).find(id=answer.anchor)["aria-label"] == said


def test_double_click_is_one_answer(bob, question, client_of, read):
    browser = client_of(bob)
    for headers in ({}, HTMX, HTMX):
        browser.post(f"/posts/{question.pk}/answers/", {"body": BODY}, headers=headers)
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "This field is required."),
        ("Too short", "This is too short: at least 30 characters that can be seen, and it has 9."),
        ("W" * 30_001, "This is too long: at most 30000 characters, and it has 30001."),
        (BODY + "\x00", "This holds a NUL, a character that is in no text. Write it without."),
    ],
    ids=["empty", "short", "long", "NUL"],
)
def test_what_cannot_be_posted_comes_back_filled(bob, question, client_of, read, headers, body, said):
    response = client_of(bob).post(f"/posts/{question.pk}/answers/", {"body": body}, headers=headers)
    page = read(response)
    assert response.status_code == 422
    assert [error.get_text() for error in page.select(".field__error")] == [said]
    assert page.find("textarea").get_text().removeprefix("\n") == body
    assert (page.html is None) == bool(headers)
    assert Answer.objects.count() == 0


def test_edit_shows_and_changes_the_text(bob, answer, client_of, read):
    browser = client_of(bob)
    address = f"/answers/{answer.pk}/edit/"
    assert read(browser.get(address)).find("textarea").get_text().strip() == answer.body
    short = browser.post(address, {"body": "Short"})
    assert (short.status_code, read(short).find("textarea").get_text().strip()) == (422, "Short")
    body = f"{BODY} {BODY}"
    response = browser.post(address, {"body": body})
    assert response["Location"] == f"{answer.post.get_absolute_url()}#answer-{answer.pk}"
    page = read(browser.get(answer.post.get_absolute_url()))
    assert (texts(page), page.select_one(".answer .byline__edited") is not None) == ([body], True)


def test_accept_without_scripts_and_by_htmx(ada, bob, otto, answer, client_of, read):
    other = make_answer(otto, answer.post, BODY)
    browser = client_of(ada)
    response = browser.post(f"/answers/{other.pk}/accept/", {"value": "1"})
    assert response["Location"] == f"{answer.post.get_absolute_url()}#answer-{other.pk}"
    page = read(browser.get(answer.post.get_absolute_url()))
    assert [card["id"] for card in page.select(".answer")] == [f"answer-{other.pk}", f"answer-{answer.pk}"]
    response = browser.post(f"/answers/{answer.pk}/accept/", {"value": "1"}, headers=HTMX)
    (answers,) = read(response).find_all(recursive=False)
    assert [card["id"] for card in answers.select(".answer")] == [f"answer-{answer.pk}", f"answer-{other.pk}"]
    assert [button["aria-pressed"] for button in answers.select(".act--accept")] == ["true", "false"]
    assert [badge.get_text().strip() for badge in answers.select(".badge")] == ["Accepted", "Unreviewed"]
    browser.post(f"/answers/{answer.pk}/accept/", {"value": "0"}, headers=HTMX)
    assert not Answer.objects.filter(accepted_at__isnull=False).exists()


@pytest.mark.parametrize("value", ["", "2", "-1", "yes", "1\x00"])
def test_accept_of_nonsense_changes_nothing(ada, answer, client_of, value):
    response = client_of(ada).post(f"/answers/{answer.pk}/accept/", {"value": value})
    assert response.status_code == 422
    assert not Answer.objects.filter(accepted_at__isnull=False).exists()


def test_accept_button_is_for_who_asked(ada, bob, otto, answer, client_of, read):
    seen = {}
    for person in (ada, bob, otto, None):
        page = read(client_of(person).get(answer.post.get_absolute_url()))
        seen[person and person.username] = len(page.select(".act--accept"))
    assert seen == {"ada": 1, "bob": 0, "otto": 0, None: 0}


def test_deleted_answer_is_gone_and_comes_back_by_undo(ada, bob, answer, client_of, read):
    client_of(ada).post(f"/answers/{answer.pk}/accept/", {"value": "1"})
    address = answer.post.get_absolute_url()
    browser = client_of(bob)
    before = read(browser.get(address))
    assert browser.post(f"/answers/{answer.pk}/delete/")["Location"] == address
    page = read(browser.get(address))
    undo = page.select_one("#toasts form")["action"]
    assert (texts(page), page.select_one("#answers-title").get_text()) == ([], "0 answers")
    assert client_of(ada).get(answer.get_absolute_url()).status_code == 404
    for _ in range(2):  # a double click
        assert browser.post(undo)["Location"] == answer.get_absolute_url()
    after = read(browser.get(address))
    assert (texts(after), texts(before)) == ([answer.body], [answer.body])
    badges = [[badge.get_text() for badge in page.select(".answer .badge")] for page in (before, after)]
    assert badges == [["Accepted"], ["Unreviewed"]]


def test_what_readers_found_not_useful_is_folded(bob, question, client, read):
    answer = make_answer(bob, question)
    for down, folded in ((2, 0), (3, 1)):
        Answer.objects.filter(pk=answer.pk).update(down=down, version=down)
        page = read(client.get(question.get_absolute_url()))
        assert len(page.select("details.answer__collapsed")) == folded


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_second_answer_comes_back_filled_and_can_be_added_to_the_first(bob, answer, client_of, read, headers):
    browser, address = client_of(bob), f"/posts/{answer.post_id}/answers/"
    response = browser.post(address, {"body": BODY}, headers=headers)
    page = read(response)
    said = "You have answered already. Say that this is a different approach, or add to your answer."
    assert (response.status_code, [error.get_text() for error in page.select(".form__errors li")]) == (422, [said])
    assert page.find("textarea").get_text().strip() == BODY
    button = page.select_one("button[name=append]")
    edit = read(browser.post(button["formaction"], {"body": BODY, "append": "1"}, headers=headers))
    assert edit.find("textarea").get_text().strip() == f"{answer.body}\n\n{BODY}"
    assert edit.find("form", method="post", action=f"/answers/{answer.pk}/edit/") is not None
    answer.refresh_from_db()
    assert (answer.version, Answer.objects.count()) == (1, 1)
    browser.post(address, {"body": BODY, "is_different": "on"}, headers=headers)
    assert Answer.objects.count() == 2


def test_form_says_so_to_who_has_answered(ada, bob, answer, client_of, read):
    seen = {}
    for person in (ada, bob):
        form = read(client_of(person).get(answer.post.get_absolute_url())).find(id="answer-form")
        seen[person.username] = (len(form.select("[name=is_different]")), len(form.select("[name=append]")))
    assert seen == {"ada": (0, 0), "bob": (1, 1)}


def test_the_first_answer_is_the_oldest_in_any_order(bob, answer, client_of, read):
    """An imported one is older than its number says."""
    older = make_answer(bob, answer.post, BODY)
    Answer.objects.filter(pk=older.pk).update(created_at=answer.created_at - timedelta(days=1), up=1)
    browser = client_of(bob)
    pages = [f"{answer.post.get_absolute_url()}?sort={sort}" for sort in ("newest", "oldest", "score")]
    shown = [read(browser.get(page)) for page in (*pages, f"/posts/{answer.post_id}/answers/")]
    assert [page.select_one("[name=append]")["formaction"] for page in shown] == [f"/answers/{older.pk}/edit/"] * 4


@pytest.mark.parametrize("who", ["ada", "eve"])
def test_order_is_remembered_for_members_and_guests(who, request, otto, answer, client_of, read):
    person = request.getfixturevalue(who)
    newer = make_answer(otto, answer.post, BODY)
    place, browser = answer.post.get_absolute_url(), client_of(person)

    def shown(page) -> tuple[list[str], list[str]]:
        pressed = page.select(".answers__order[aria-pressed=true]")
        return [card["id"] for card in page.select(".answer")], [button["value"] for button in pressed]

    assert shown(read(browser.get(place))) == ([answer.anchor, newer.anchor], ["best"])
    fragment = read(browser.post(f"/posts/{answer.post_id}/order/", {"sort": "newest"}, headers=HTMX))
    newest = ([newer.anchor, answer.anchor], ["newest"])
    assert shown(fragment) == shown(read(browser.get(place))) == shown(read(client_of(person).get(place))) == newest
    assert browser.post(f"/posts/{answer.post_id}/order/", {"sort": "oldest"})["Location"] == f"{place}#answers"
    assert shown(read(browser.get(place)))[1] == ["oldest"]
    browser.post(f"/posts/{answer.post_id}/order/", {"sort": "nonsense"})
    assert shown(read(browser.get(place)))[1] == ["oldest"]
    assert shown(read(browser.get(f"{place}?sort=newest"))) == newest
