"""Bookmarks: the button, the note, the list with its collections, and that nobody else gets there."""

import pytest

from communities import rules
from communities.actions.bookmarking import bookmark, describe_bookmark
from communities.actions.community import leave_community
from communities.models import Bookmark
from tests.addresses import table_digests
from tests.factories import make_answer, make_post

HTMX = {"HX-Request": "true"}


def titles(page) -> list[str]:
    return [title.get_text() for title in page.select(".kept__title a")]


@pytest.mark.parametrize("reader", ["ada", "eve"])
def test_button_keeps_posts_and_answers_for_members_and_others(reader, question, answer, request, client_of, read):
    browser = client_of(request.getfixturevalue(reader))
    for content, address in (
        (question, f"/posts/{question.pk}/bookmark/"),
        (answer, f"/answers/{answer.pk}/bookmark/"),
    ):
        where = f"#bookmark-{content.anchor}"
        page = read(browser.get(question.get_absolute_url())).select_one(where)
        assert (page.button["aria-pressed"], page.a) == ("false", None)
        assert browser.post(address, {"value": "1"})["Location"] == content.get_absolute_url()
        page = read(browser.get(question.get_absolute_url())).select_one(where)
        assert (page.button["aria-pressed"], page.a["href"]) == ("true", address)
        assert browser.get(address)["Location"] == f"/bookmarks/{Bookmark.objects.latest('pk').pk}/"
        fragment = read(browser.post(address, {"value": "0"}, headers=HTMX)).select_one(where)
        assert (fragment.button["aria-pressed"], fragment.a) == ("false", None)
        assert browser.get(address)["Location"] == content.get_absolute_url()


def test_strangers_have_no_button_and_the_bookmarks_of_others_are_nobodys(ada, bob, question, answer, client_of, read):
    bookmark(question, by=ada)
    page = read(client_of(None).get(question.get_absolute_url()))
    assert page.select(".bookmark-act") == []
    page = read(client_of(bob).get(question.get_absolute_url()))
    assert {button["aria-pressed"] for button in page.select(".bookmark-act button")} == {"false"}


def test_note_collection_and_day_are_kept_and_shown(ada, question, answer, client_of, read):
    first, second = bookmark(question, by=ada), bookmark(answer, by=ada)
    browser = client_of(ada)
    given = {"collection": " Exam  in June ", "note": "Rule for <b>signs</b>", "remind_on": "2030-06-10"}
    assert browser.post(f"/bookmarks/{first.pk}/", given)["Location"] == "/bookmarks/"
    page = read(browser.get("/bookmarks/"))
    assert titles(page) == [f"Bob’s answer to “{question.title}”", question.title]
    line = page.select_one(f"#bookmark-{first.pk}")
    assert line.select_one(".kept__note").get_text() == "Rule for <b>signs</b>"
    assert line.time["datetime"] == "2030-06-10"
    assert [tab.get_text() for tab in page.select(".tabs__tab")] == ["All", "Exam in June (1)"]
    assert titles(read(browser.get("/bookmarks/?collection=Exam+in+June"))) == [question.title]
    form = read(browser.get(f"/bookmarks/{first.pk}/"))
    shown = [form.find(attrs={"name": name}) for name in given]
    assert (shown[0]["value"], shown[1].get_text().strip(), shown[2]["value"]) == (
        "Exam in June",
        given["note"],
        "2030-06-10",
    )
    response = browser.post("/bookmarks/collection/", {"name": "Exam in June", "to": "Summer"})
    assert titles(read(browser.get(response["Location"]))) == [question.title]
    assert second in Bookmark.objects.filter(collection="")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("remind_on", "tomorrow", "Enter a valid date."),
        ("remind_on", "2020-01-01", "This day is over. Choose today or a later one."),
        ("note", "W" * 501, "This is too long: at most 500 characters, and it has 501."),
        ("collection", "W" * 61, "This is too long: at most 60 characters, and it has 61."),
        ("collection", "a\x00b", "This holds a NUL, a character that is in no text. Write it without."),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_sentence(ada, question, client_of, read, field, value, said):
    kept = bookmark(question, by=ada)
    response = client_of(ada).post(f"/bookmarks/{kept.pk}/", {"note": "Mine", field: value})
    assert response.status_code == 422
    assert [error.get_text() for error in read(response).select(".field__error")] == [said]
    kept.refresh_from_db()
    assert (kept.note, kept.collection, kept.remind_on) == ("", "", None)


def test_removed_one_comes_back_by_the_undo(ada, question, client_of, read):
    kept = describe_bookmark(bookmark(question, by=ada), collection="Exam", note="", remind_on=None)
    browser = client_of(ada)
    page = read(browser.get(browser.post(f"/bookmarks/{kept.pk}/remove/")["Location"]))
    assert (titles(page), page.select_one(".empty__title").get_text()) == ([], "Nothing kept yet")
    browser.post(page.select_one(".toast form")["action"])
    assert titles(read(browser.get("/bookmarks/?collection=Exam"))) == [question.title]


def test_what_one_may_no_longer_see_has_no_title(bob, otto, closed, client_of, read):
    post = make_post(otto, closed)
    for content in (post, make_answer(otto, post)):
        bookmark(content, by=bob)
    leave_community(closed, by=bob)
    response = client_of(bob).get("/bookmarks/")
    assert [title.get_text() for title in read(response).select(".kept__title")] == ["No longer available"] * 2
    assert post.title not in response.content.decode()


def test_eve_gets_at_no_bookmark_of_others(ada, eve, question, client_of):
    kept = bookmark(question, by=ada)
    browser, before = client_of(eve), table_digests()
    for address in (f"/bookmarks/{kept.pk}/", f"/bookmarks/{kept.pk}/remove/", f"/bookmarks/{kept.pk}/restore/"):
        assert (browser.get(address).status_code, browser.post(address, {"note": "Eve"}).status_code) == (404, 404)
    browser.post("/bookmarks/collection/", {"name": "", "to": "Eve"})
    assert table_digests() == before


def test_list_goes_on_where_it_ended(ada, algebra, client_of, read, monkeypatch):
    monkeypatch.setattr(rules, "BOOKMARKS_PER_PAGE", 2)
    posts = [make_post(ada, algebra, title=f"Question number {n} of five") for n in range(5)]
    for post in posts:
        bookmark(post, by=ada)
    browser, address, seen = client_of(ada), "/bookmarks/", []
    while address:
        page = read(browser.get(address))
        seen.append(titles(page))
        more = page.select_one(".more a")
        address = more and more["href"]
    named = [post.title for post in reversed(posts)]
    assert seen == [named[:2], named[2:4], named[4:]]


@pytest.mark.parametrize("before", ["x", "-1", "²", "1" * 19, "1 OR 1=1"])
def test_damaged_place_in_the_list_is_named_and_the_list_begins_anew(ada, question, client_of, read, before):
    bookmark(question, by=ada)
    response = client_of(ada).get("/bookmarks/", {"before": before})
    page = read(response)
    said = "The link to that part of the list is damaged, so the list begins anew."
    assert (response.status_code, page.select_one(".feed__hint").get_text()) == (422, said)
    assert [line["id"] for line in page.select(".kept__line")] == [f"bookmark-{Bookmark.objects.get().pk}"]
