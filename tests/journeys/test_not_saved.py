"""A page never claims a save that did not happen, says once what is wrong, and takes no text that nobody could send."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from communities.models import Community, Draft, Post
from tests.factories import make_community, make_post
from tests.journeys.conftest import OpenWindow

SIGNED_OUT = "Not saved: you are signed out. Sign in again in another tab."
TOO_MUCH = "This is more than 2 MB, which is the most that Cairn takes at once. Nothing of it was saved."
FAR_TOO_LONG = f"{'A line that is read by nobody. ' * 30}\n" * 2_600

PASTE = """(area, [kind, text]) => {
  const bag = new DataTransfer();
  bag.items.add(text, "text/plain");
  const how = { bubbles: true, cancelable: true };
  const event = kind === "paste" ? new ClipboardEvent(kind, { ...how, clipboardData: bag })
                                 : new DragEvent(kind, { ...how, dataTransfer: bag });
  return area.dispatchEvent(event);
}"""


@pytest.fixture
def algebra(site: str, ada: User, bob: User) -> Community:
    return make_community(ada, bob)


@pytest.fixture
def post(ada: User, algebra: Community) -> Post:
    return make_post(ada, algebra)


def test_note_says_not_saved_when_all_cookies_are_gone(open_window: OpenWindow, post: Post, bob: User) -> None:
    window = open_window(bob)
    page = window.page
    page.goto(post.get_absolute_url())
    page.get_by_label("Your answer").press_sequentially("Because")
    expect(page.locator(".draft__saved")).to_be_visible()
    window.context.clear_cookies()
    page.get_by_label("Your answer").press_sequentially(" of that.")
    expect(page.locator(".draft__refused")).to_have_text(SIGNED_OUT)
    expect(page.locator(".draft__saved")).to_have_count(0)
    expect(page.locator(".toast")).to_have_count(0)


def test_note_says_not_saved_without_network_until_it_is(open_window: OpenWindow, post: Post, bob: User) -> None:
    window = open_window(bob)
    page = window.page
    page.goto(post.get_absolute_url())
    page.get_by_label("Your answer").press_sequentially("Because")
    expect(page.locator(".draft__saved")).to_be_visible()
    window.context.set_offline(True)
    page.get_by_label("Your answer").press_sequentially(" of")
    expect(page.locator(".draft__refused")).to_have_text(
        "Not saved: No answer from Cairn. What you wrote is still here; try again in a moment."
    )
    expect(page.locator(".draft__saved, .toast")).to_have_count(0)
    window.expect_complaints("ERR_INTERNET_DISCONNECTED", "htmx:sendError")
    window.context.set_offline(False)
    page.get_by_label("Your answer").press_sequentially(" that.")
    expect(page.locator(".draft__saved")).to_be_visible()
    expect(page.locator(".draft__refused")).to_have_count(0)
    assert Draft.objects.get().text == "Because of that."


def test_text_beyond_what_is_taken_is_not_saved_and_there_after_going_back(
    open_window: OpenWindow, algebra: Community, bob: User
) -> None:
    window = open_window(bob)
    page = window.page
    page.goto(f"{algebra.get_absolute_url()}ask/?kind=discussion")
    page.get_by_label("Title").fill("Which sign comes first?")
    expect(page.locator(".draft__saved, .draft__refused")).to_be_visible()
    page.get_by_label("Text", exact=True).evaluate("(area, text) => { area.value = text; }", FAR_TOO_LONG)
    page.get_by_label("Title").fill("Which sign comes last?")
    expect(page.locator(".draft__refused")).to_have_text(f"Not saved: {TOO_MUCH}")
    expect(page.locator(".draft__saved, .toast")).to_have_count(0)
    window.expect_complaints("status of 400", "Status Error Code 400")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".sorry__text").first).to_have_text(TOO_MUCH)
    window.expect_complaints("status of 400")
    page.go_back()
    expect(page.get_by_label("Title")).to_have_value("Which sign comes last?")
    assert (page.get_by_label("Text", exact=True).input_value() == FAR_TOO_LONG) is True  # no difference of 2 MB


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_far_too_long_text_is_not_put_in_and_that_is_said(
    open_window: OpenWindow, post: Post, bob: User, kind: str
) -> None:
    page = open_window(bob).page
    page.goto(post.get_absolute_url())
    area, note = page.get_by_label("Your answer"), page.get_by_role("alert")
    area.fill("What I wrote before.")
    assert area.evaluate(PASTE, [kind, "x" * 100_001]) is False
    expect(note).to_have_text(
        "Not put in: this is 100,001 characters, and at most 30,000 fit here. You still have it where you took it from."
    )
    expect(area).to_have_value("What I wrote before.")
    assert area.evaluate(PASTE, [kind, "x" * 100_000]) is True
    expect(note).to_have_count(0)


def test_same_message_stands_there_once(open_window: OpenWindow, post: Post, bob: User) -> None:
    window = open_window(bob)
    page = window.page
    page.goto(post.get_absolute_url())
    page.get_by_label("Your answer").fill("Because the minus belongs to every term.")
    window.context.set_offline(True)
    for _ in range(2):
        with page.expect_event("requestfailed"):
            page.get_by_role("button", name="Post answer").click()
    expect(page.locator(".toast")).to_have_count(1)
    window.expect_complaints("ERR_INTERNET_DISCONNECTED", "htmx:sendError")
