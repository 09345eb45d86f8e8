"""Commenting, with and without htmx."""

import pytest

from communities.models import Comment
from tests.factories import make_comment

HTMX = {"HX-Request": "true"}


@pytest.fixture(params=["post", "answer"])
def target(request, answer):
    return answer.post if request.param == "post" else answer


def address_on(target) -> str:
    return f"/{target._meta.model_name}s/{target.pk}/comments/"


def comments(page) -> list[str]:
    return [prose.get_text().strip() for prose in page.select(".comment .prose")]


def test_comment_without_scripts_leads_to_its_anchor(otto, target, client_of, read):
    browser = client_of(otto)
    assert read(browser.get(address_on(target))).select_one("form textarea[name=body]") is not None
    response = browser.post(address_on(target), {"body": "Which **step**?"})
    comment = Comment.objects.get()
    place = comment.post.get_absolute_url()
    assert (comment.target, response["Location"]) == (target, f"{place}#comment-{comment.pk}")
    assert comments(read(browser.get(place)).find(id=target.anchor)) == ["Which step?"]


def test_comment_by_htmx_opens_in_place_and_replaces_what_it_is_on(otto, target, client_of, read):
    browser = client_of(otto)
    form = read(browser.get(address_on(target), headers=HTMX)).find_all(recursive=False)
    assert [(part.name, part["hx-target"]) for part in form] == [("form", f"#comment-on-{target.anchor}")]
    response = browser.post(address_on(target), {"body": "Which step?"}, headers=HTMX)
    assert (response["HX-Retarget"], response["HX-Reswap"]) == (f"#{target.anchor}", "outerHTML")
    shown, *beside = read(response).find_all(recursive=False)
    assert (shown["id"], comments(shown)) == (target.anchor, ["Which step?"])
    button = read(response).select("[id^=follow-]")
    assert [(follow["id"], follow["aria-pressed"]) for follow in button] == [(f"follow-{target.post.anchor}", "true")]
    assert beside == ([] if target == target.post else button)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "This field is required."),
        ("W", "This is too short: at least 2 characters that can be seen, and it has 1."),
        ("W" * 1_201, "This is too long: at most 1200 characters, and it has 1201."),
        ("Which\x00?", "This holds a NUL, a character that is in no text. Write it without."),
    ],
    ids=["empty", "short", "long", "NUL"],
)
def test_what_cannot_be_posted_comes_back_filled(otto, target, client_of, read, headers, body, said):
    response = client_of(otto).post(address_on(target), {"body": body}, headers=headers)
    page = read(response)
    assert (response.status_code, response.get("HX-Retarget")) == (422, None)
    assert [error.get_text() for error in page.select(".field__error")] == [said]
    assert page.find("textarea").get_text().removeprefix("\n") == body
    assert (page.html is None) == bool(headers)
    assert Comment.objects.count() == 0


def test_double_click_is_one_comment(otto, target, client_of):
    browser = client_of(otto)
    for _ in range(3):
        browser.post(address_on(target), {"body": "Which step?"}, headers=HTMX)
    assert Comment.objects.count() == 1


def test_edit_and_delete_buttons_are_on_ones_own_only(ada, bob, target, client_of, read):
    mine, theirs = make_comment(bob, target, "Mine"), make_comment(ada, target, "Theirs")
    page = read(client_of(bob).get(target.get_absolute_url(), follow=True))
    assert len(page.find(id=f"comment-{mine.pk}").select(".comment__acts")) == 1
    assert page.find(id=f"comment-{theirs.pk}").select(".comment__acts") == []


def test_edit_shows_and_changes_the_text(otto, target, client_of, read):
    comment = make_comment(otto, target)
    browser = client_of(otto)
    address = f"/comments/{comment.pk}/edit/"
    assert read(browser.get(address)).find("textarea").get_text().strip() == comment.body
    assert browser.post(address, {"body": "x" * 1_201}).status_code == 422
    response = browser.post(address, {"body": "Which line?"})
    assert response["Location"] == f"{comment.post.get_absolute_url()}#comment-{comment.pk}"
    assert comments(read(browser.get(comment.post.get_absolute_url()))) == ["Which line?"]


def test_deleted_comment_is_gone_and_comes_back_by_undo(ada, otto, target, client_of, read):
    comment = make_comment(otto, target)
    browser = client_of(otto)
    page = read(browser.post(f"/comments/{comment.pk}/delete/", follow=True))
    assert comments(page) == []
    assert client_of(ada).get(comment.get_absolute_url()).status_code == 404
    for _ in range(2):  # a double click
        response = browser.post(page.select_one("#toasts form")["action"], follow=True)
        assert comments(read(response)) == [comment.body]
