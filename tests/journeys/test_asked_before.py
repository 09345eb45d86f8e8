"""Somebody asks and finds that the answer is there."""

from playwright.sync_api import expect

from accounts.models import User
from communities.models import Deflection, Draft, Post
from tests.factories import make_community, make_post
from tests.journeys.conftest import OpenWindow


def test_asker_finds_the_answer_while_typing(open_window: OpenWindow, ada: User, bob: User) -> None:
    algebra = make_community(ada, bob)
    post = make_post(ada, algebra, title="Why does dividing by a variable lose a solution?")
    page = open_window(bob).page
    page.goto(f"{algebra.get_absolute_url()}ask/")
    page.get_by_label("Title").press_sequentially("Dividing by a variable loses a solution")
    expect(page.locator(".similar__link")).to_have_text(post.title)
    expect(page.get_by_label("Title")).to_be_focused()
    page.get_by_role("button", name="This answers me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(post.title)
    expect(page.locator(".toast")).to_contain_text("Your question is put away")
    assert Deflection.objects.get().person == bob
    assert not Draft.objects.of(bob).exists()
    assert Post.objects.count() == 1
