"""An achievement: reached by a vote, told in the inbox, put on the profile, seen there by a stranger."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from accounts.models import User
from communities.actions.voting import cast_vote
from communities.models import Answer, Trust
from gamification.models import Award
from tests.factories import make_answer, make_community, make_post
from tests.journeys.conftest import OpenWindow


@pytest.fixture
def answer(site: str, otto: User, ada: User, bob: User) -> Answer:
    return make_answer(bob, make_post(ada, make_community(otto, ada, bob, trust=Trust.TRUSTED)))


def test_first_answer_is_told_put_on_show_and_seen_on_the_profile(
    scripts: bool,
    open_window: OpenWindow,
    wait_for_task: Callable[[str], None],
    answer: Answer,
    ada: User,
    bob: User,
) -> None:
    cast_vote(answer, by=ada, value=1)
    while not Award.objects.of(bob).exists():  # others are weighed, too
        wait_for_task("gamification.tasks.weigh_member")

    page = open_window(bob, java_script_enabled=scripts).page
    page.goto("/inbox/")
    page.get_by_role("button", name="You earned the achievement “First Answer”").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Achievements")
    earned = page.get_by_role("region", name="Earned")
    expect(earned.get_by_role("heading", level=3)).to_have_text("First Answer")
    expect(page.get_by_role("region", name="On the way").get_by_text("1 of 5")).to_be_visible()

    page.get_by_role("group", name="On your profile").get_by_label("First Answer").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Saved.")

    stranger = open_window(java_script_enabled=scripts).page
    stranger.goto(bob.get_absolute_url())
    on_show = stranger.get_by_role("region", name="Achievements")
    expect(on_show.get_by_role("listitem")).to_have_text("First Answer Bronze")
    on_show.get_by_role("link", name="All of them: 1").click()
    expect(stranger.get_by_role("heading", level=3)).to_have_text("First Answer")
