"""A draft survives a killed browser, and two windows keep both texts."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from communities.models import Answer, Community, Draft, Post
from tests.factories import make_community, make_post
from tests.journeys.conftest import OpenWindow

TEXT = "Because the minus belongs to every term of the bracket."


@pytest.fixture
def algebra(site: str, ada: User, bob: User) -> Community:
    return make_community(ada, bob)


def test_question_survives_a_killed_browser(open_window: OpenWindow, algebra: Community, bob: User) -> None:
    first = open_window(bob)
    first.page.goto(f"{algebra.get_absolute_url()}ask/")
    first.page.get_by_label("Title").fill("Which sign comes first?")
    first.page.get_by_label("What I tried").press_sequentially("I multiplied both.")
    expect(first.page.locator(".draft__saved")).to_contain_text("Draft saved")
    first.context.close()

    page = open_window(bob).page
    page.goto(f"{algebra.get_absolute_url()}ask/")
    expect(page.get_by_label("Title")).to_have_value("Which sign comes first?")
    expect(page.get_by_label("What I tried")).to_have_value("I multiplied both.")
    page.get_by_label("Goal").fill("Know which sign comes first.")
    page.get_by_label("What I tried").fill("I multiplied both, and then I added them.")
    page.get_by_label("Where I am stuck").fill("The signs differ.")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which sign comes first?")
    assert Post.objects.get().author == bob
    assert not Draft.objects.exists()


def test_answer_in_two_windows_keeps_both_texts(
    open_window: OpenWindow, algebra: Community, ada: User, bob: User
) -> None:
    post = make_post(ada, algebra)
    window = open_window(bob)
    first, second = window.page, window.context.new_page()
    for page in (first, second):
        page.goto(post.get_absolute_url())
    first.get_by_label("Your answer").fill(TEXT)
    expect(first.locator(".draft__saved")).to_be_visible()
    second.get_by_label("Your answer").fill("Because of the law of distribution.")
    expect(second.locator(".draft__others")).to_contain_text("Both texts are kept")
    summary = second.locator(".draft__other > summary")
    assert summary.inner_text() == "Show the other text, saved this minute"
    assert summary.evaluate("summary => getComputedStyle(summary).display") == "list-item"
    expect(second.locator(".draft__text")).to_have_text(TEXT)
    expect(second.get_by_label("Your answer")).to_have_value("Because of the law of distribution.")
    first.get_by_role("button", name="Post answer").click()
    expect(first.get_by_role("article", name="Answer by Bob")).to_be_visible()
    assert Answer.objects.get().body == TEXT
    assert Draft.objects.get().fields["body"] == "Because of the law of distribution."


def test_leaving_after_the_draft_is_saved_asks_nothing(open_window: OpenWindow, algebra: Community, bob: User) -> None:
    page = open_window(bob).page
    page.goto(f"{algebra.get_absolute_url()}ask/?kind=discussion")
    page.get_by_label("Text", exact=True).press_sequentially("Because")
    expect(page.locator(".draft__saved")).to_be_visible()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("banner").get_by_role("link", name="Cairn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Bob")
    assert asked == []
