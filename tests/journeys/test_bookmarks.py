"""A bookmark with a reminder: kept with a note, told once on its day, removed and brought back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from communities.models import Bookmark, Post
from communities.tasks import remind_of_bookmarks
from tests.factories import make_community, make_post
from tests.journeys.conftest import OpenWindow

TITLE = "Why does the quotient need a normal subgroup?"
NOTE = "Draw the cosets once more."


@pytest.fixture
def post(site: str, ada: User, bob: User) -> Post:
    return make_post(ada, make_community(ada, bob), title=TITLE)


def test_bookmark_with_a_reminder_is_told_once_and_can_be_brought_back(
    scripts: bool, open_window: OpenWindow, post: Post, bob: User
) -> None:
    page = open_window(bob, java_script_enabled=scripts).page
    page.goto(post.get_absolute_url())
    page.get_by_role("button", name="Bookmark").click()
    expect(page.get_by_role("button", name="Bookmark")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Note and reminder").click()
    page.get_by_label("Collection").fill("Exam in June")
    page.get_by_label("Note").fill(NOTE)
    tomorrow = timezone.now().date() + timedelta(days=1)
    page.get_by_label("Remind me on").fill(tomorrow.isoformat())
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Bookmarks")
    page.get_by_role("link", name="Exam in June (1)").click()
    line = page.locator(".kept__line")
    expect(line).to_contain_text(NOTE)
    expect(line.locator("time")).to_have_attribute("datetime", tomorrow.isoformat())

    Bookmark.objects.update(remind_on=timezone.now().date())
    for _beat in range(2):
        remind_of_bookmarks()
    page.goto("/inbox/")
    told = page.get_by_role("button", name=f"You wanted to come back to “{TITLE}”")
    expect(told).to_have_count(1)
    told.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)

    page.goto("/bookmarks/")
    expect(line).to_contain_text("Reminded on")
    line.get_by_role("button", name="Remove").click()
    expect(line).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(line).to_contain_text(NOTE)
    assert Bookmark.objects.of(bob).get().collection == "Exam in June"
