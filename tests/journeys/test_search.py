"""From any page to the right answer: one key, some words, an operator that went wrong and one that does not."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from communities.actions.answering import accept_answer
from communities.models import Answer, Community
from tests.factories import make_answer, make_community, make_post, make_user
from tests.journeys.conftest import OpenWindow


@pytest.fixture
def bob(site: str) -> User:
    return make_user("bob", name="Bob")


@pytest.fixture
def algebra(ada: User, bob: User) -> Community:
    community = make_community(ada, bob)
    for number in range(3):
        make_post(bob, community, title=f"Brackets within brackets, number {number}")
    return community


@pytest.fixture
def answer(algebra: Community, ada: User, bob: User) -> Answer:
    solved = make_answer(bob, make_post(ada, algebra), "The bracket is a promise about the order of signs.")
    accept_answer(solved, by=ada)
    return solved


def test_search_with_operators_leads_to_the_accepted_answer(
    scripts: bool, open_window: OpenWindow, algebra: Community, answer: Answer, bob: User
) -> None:
    page = open_window(bob, java_script_enabled=scripts).page
    page.goto(algebra.get_absolute_url())
    field = page.get_by_role("searchbox", name="Search Algebra")
    if scripts:
        page.keyboard.press("/")
        expect(field).to_be_focused()
    field.fill("brackets state:solved")
    field.press("Enter")
    expect(page.locator(".search__hint")).to_contain_text("“state:solved” is not known")
    expect(page.locator(".search__count")).to_have_text("4 posts found")
    page.get_by_role("searchbox").fill("brackets state:accepted")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(page.locator(".search__count")).to_have_text("1 post found")
    expect(page.locator("mark").first).to_have_text("brackets")
    page.get_by_role("searchbox").fill("is:answer promise")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name=answer.post.title).click()
    expect(page.locator(f"#{answer.anchor}")).to_be_in_viewport()


def test_mistyped_search_names_what_may_be_meant(open_window: OpenWindow, algebra: Community) -> None:
    page = open_window().page
    page.goto(f"{algebra.get_absolute_url()}search/")
    page.get_by_role("searchbox").fill("brakets")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("region", name="Titles with similar words").get_by_role("link")).to_have_count(3)
