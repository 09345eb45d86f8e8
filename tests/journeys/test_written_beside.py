"""What changes elsewhere on the page when somebody answers or comments on it."""

from playwright.sync_api import expect

from accounts.models import User
from communities.models import Trust
from tests.factories import make_community, make_post
from tests.journeys.conftest import OpenWindow

NAMES = "For @bob, @ada and @otto: which of you knows when one may divide?"


def test_writing_presses_the_follow_button_and_says_who_is_not_told(
    open_window: OpenWindow, ada: User, bob: User
) -> None:
    post = make_post(ada, make_community(ada, bob, trust=Trust.NEW))
    page = open_window(bob).page
    page.goto(post.get_absolute_url())
    follow, said = page.locator(f"#follow-{post.anchor}"), page.locator("#toasts .toast__text")
    expect(follow).to_have_attribute("aria-pressed", "false")
    page.get_by_label("Your answer").fill(NAMES)
    page.get_by_role("button", name="Post answer").click()
    expect(follow).to_have_attribute("aria-pressed", "true")
    expect(said).to_have_text(["You name more than 2 people; only the first 2 are told."])
    follow.click()
    expect(follow).to_have_attribute("aria-pressed", "false")
    page.get_by_role("article", name="Answer by Bob").get_by_role("link", name="Comment").click()
    page.get_by_label("Your comment").fill(NAMES)
    page.locator(".comments__form .button--primary").click()
    expect(page.locator(".comment")).to_have_count(1)
    expect(follow).to_have_attribute("aria-pressed", "false")
