"""The first XP: earned by somebody else's vote, seen on the next page, gone with the vote, and both in the receipts."""

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from communities.models import Answer, Trust
from tests.factories import make_answer, make_community, make_post
from tests.journeys.conftest import OpenWindow


@pytest.fixture
def answer(site: str, otto: User, ada: User, bob: User) -> Answer:
    return make_answer(bob, make_post(ada, make_community(otto, ada, bob, trust=Trust.TRUSTED)))


def test_xp_come_with_a_vote_and_go_with_it(
    scripts: bool, open_window: OpenWindow, answer: Answer, ada: User, bob: User
) -> None:
    voters = open_window(ada, java_script_enabled=scripts).page
    voters.goto(answer.get_absolute_url())
    up = voters.locator(f"#vote-answer-{answer.pk}-up")
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")

    page = open_window(bob, java_script_enabled=scripts).page
    page.goto(bob.get_absolute_url())
    page.get_by_role("link", name="What it is made of").click()
    expect(lines(page)).to_contain_text([f"+10 Your answer was voted up {answer.post.title}"])
    expect(sum_of(page)).to_have_text("10 XP")

    up.click()
    expect(up).to_have_attribute("aria-pressed", "false")
    page.reload()
    expect(lines(page)).to_contain_text(
        [
            f"−10 Your answer was voted up (taken back) {answer.post.title}",
            f"+10 Your answer was voted up {answer.post.title}",
        ]
    )
    expect(sum_of(page)).to_have_text("0 XP")
    lines(page).first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(answer.post.title)


def lines(page: Page) -> Locator:
    return page.locator(".xp-line")


def sum_of(page: Page) -> Locator:
    return page.locator(".xp-account__line--sum dd")
