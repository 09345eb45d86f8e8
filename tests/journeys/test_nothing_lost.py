"""What somebody wrote survives an ended session, a second tab, a dead network, a broken server and a double click."""

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.models import User
from communities.models import Answer, Comment, Community, Post
from tests.factories import make_answer, make_community, make_post, make_user
from tests.journeys.conftest import OpenWindow
from tests.journeys.trouble import database_away, use_up

PASSWORD = "stones by the river"
TEXT = "Because the minus belongs to every term:\n\n$-(a - b) = -a + b$"


@pytest.fixture
def bob(site: str) -> User:
    return make_user("bob", name="Bob", password=PASSWORD)


@pytest.fixture
def algebra(ada: User, bob: User) -> Community:
    return make_community(ada, bob)


@pytest.fixture
def post(ada: User, algebra: Community) -> Post:
    return make_post(ada, algebra)


def send_answer(page: Page) -> None:
    page.get_by_role("button", name="Post answer").click()


def sign_in(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("User name").fill("bob")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def test_answer_after_the_session_ended_waits_behind_the_sign_in(
    scripts: bool, open_window: OpenWindow, post: Post, bob: User
) -> None:
    window = open_window(bob, java_script_enabled=scripts)
    page = window.page
    page.goto(post.get_absolute_url())
    page.get_by_label("Your answer").fill(TEXT)
    window.lose_session()
    send_answer(page)
    sign_in(page)
    expect(page.get_by_label("Your answer")).to_have_value(TEXT)
    send_answer(page)
    expect(page.get_by_role("article", name="Answer by Bob")).to_contain_text("Because the minus")
    assert Answer.objects.get().body == TEXT


def test_question_after_the_session_ended_waits_behind_the_sign_in(
    open_window: OpenWindow, algebra: Community, bob: User
) -> None:
    window = open_window(bob)
    page = window.page
    page.goto(f"{algebra.get_absolute_url()}ask/")
    page.get_by_role("link", name="Discussion").click()
    page.get_by_label("Title").fill("Which sign comes first?")
    page.get_by_label("Text", exact=True).fill(TEXT)
    window.lose_session()
    page.get_by_role("button", name="Post", exact=True).click()
    sign_in(page)
    expect(page.get_by_label("Title")).to_have_value("Which sign comes first?")
    expect(page.get_by_label("Text", exact=True)).to_have_value(TEXT)
    expect(page.get_by_role("link", name="Discussion")).to_have_attribute("aria-current", "page")


def test_comment_after_the_session_ended_waits_behind_the_sign_in(
    open_window: OpenWindow, post: Post, ada: User, bob: User
) -> None:
    answer = make_answer(ada, post)
    window = open_window(bob)
    page = window.page
    page.goto(post.get_absolute_url())
    page.get_by_role("article", name="Answer by Ada").get_by_role("link", name="Comment").click()
    page.get_by_label("Your comment").fill("Now I see it.")
    window.lose_session()
    page.get_by_role("button", name="Post comment").click()
    sign_in(page)
    expect(page.get_by_label("Your comment")).to_have_value("Now I see it.")
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_role("list", name="Comments")).to_contain_text("Now I see it.")
    assert Comment.objects.get().answer == answer


def test_answer_after_signing_in_anew_in_another_tab_is_given_back(
    scripts: bool, open_window: OpenWindow, post: Post, bob: User
) -> None:
    """The new session has another CSRF token than the form."""
    window = open_window(bob, java_script_enabled=scripts)
    first, second = window.page, window.context.new_page()
    first.goto(post.get_absolute_url())
    first.get_by_label("Your answer").fill(TEXT)
    if scripts:
        expect(first.locator(".draft__saved")).to_be_visible()
    second.goto("/accounts/logout/")
    second.get_by_role("main").get_by_role("button", name="Sign out").click()
    second.goto("/accounts/login/")
    sign_in(second)
    expect(second.get_by_role("heading", level=1)).to_have_text("Hello, Bob")
    send_answer(first)
    expect(first.get_by_role("heading", level=1)).to_have_text("Your answer")
    expect(first.get_by_label("Your answer")).to_have_value(TEXT)
    assert not Answer.objects.exists()
    send_answer(first)
    expect(first.get_by_role("article", name="Answer by Bob")).to_be_visible()


def test_answer_without_network_stays_in_the_form(open_window: OpenWindow, post: Post, bob: User) -> None:
    window = open_window(bob)
    page = window.page
    page.goto(post.get_absolute_url())
    page.get_by_label("Your answer").fill(TEXT)
    window.context.set_offline(True)
    send_answer(page)
    expect(page.locator("#toasts")).to_contain_text("No answer from Cairn. What you wrote is still here")
    expect(page.get_by_label("Your answer")).to_have_value(TEXT)
    window.expect_complaints("ERR_INTERNET_DISCONNECTED", "htmx:sendError")
    window.context.set_offline(False)
    send_answer(page)
    expect(page.get_by_role("article", name="Answer by Bob")).to_be_visible()
    assert Answer.objects.get().body == TEXT


def test_answer_that_the_network_swallows_stays_in_the_form(open_window: OpenWindow, post: Post, bob: User) -> None:
    """The server never sees the first try."""
    window = open_window(bob)
    page = window.page
    page.goto(post.get_absolute_url())
    page.get_by_label("Your answer").fill(TEXT)
    page.route("**/answers/", lambda route: route.abort("timedout"), times=1)
    send_answer(page)
    expect(page.locator("#toasts")).to_contain_text("No answer from Cairn")
    expect(page.get_by_label("Your answer")).to_have_value(TEXT)
    expect(page.get_by_role("button", name="Post answer")).to_be_enabled()
    window.expect_complaints("ERR_TIMED_OUT", "htmx:timeout")


def test_answer_while_the_database_is_away_stays_in_the_form(open_window: OpenWindow, post: Post, bob: User) -> None:
    window = open_window(bob)
    page = window.page
    page.goto(post.get_absolute_url())
    page.get_by_label("Your answer").fill(TEXT)
    with database_away():
        send_answer(page)
        expect(page.locator("#toasts")).to_contain_text("That did not work, and it is our fault")
    expect(page.get_by_label("Your answer")).to_have_value(TEXT)
    window.expect_complaints("status of 503", "Status Error Code 503")
    send_answer(page)
    expect(page.get_by_role("article", name="Answer by Bob")).to_be_visible()


def test_answer_beyond_the_limit_is_kept(scripts: bool, open_window: OpenWindow, post: Post, bob: User) -> None:
    window = open_window(bob, java_script_enabled=scripts)
    page = window.page
    page.goto(post.get_absolute_url())
    page.get_by_label("Your answer").fill(TEXT)
    use_up("answer", bob)
    send_answer(page)
    expect(page.get_by_text("That was a lot at once.")).to_be_visible()
    if not scripts:
        page.get_by_role("link", name="Open the page again").click()
    expect(page.get_by_label("Your answer")).to_have_value(TEXT)
    window.expect_complaints("status of 429", *(["Status Error Code 429"] if scripts else []))
    assert not Answer.objects.exists()


def test_leaving_with_unsent_text_asks_first(open_window: OpenWindow, post: Post, bob: User) -> None:
    page = open_window(bob).page
    page.goto(post.get_absolute_url())
    page.get_by_label("Your answer").press_sequentially("Because")
    asked: list[str] = []

    def stay(dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_role("banner").get_by_role("link", name="Cairn").click()
    expect(page.get_by_label("Your answer")).to_have_value("Because")
    assert asked == ["beforeunload"]


def test_double_click_posts_one_answer(scripts: bool, open_window: OpenWindow, post: Post, bob: User) -> None:
    """The second click comes while the first is under way: the post is locked so long. Without scripts both arrive."""
    page = open_window(bob, java_script_enabled=scripts).page
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(post.get_absolute_url())
    page.get_by_label("Your answer").fill(TEXT)
    button = page.get_by_role("button", name="Post answer")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        with page.expect_request("**/answers/"):
            page.mouse.click(box["x"] + 10, box["y"] + 10)
        if scripts:
            page.mouse.click(box["x"] + 10, box["y"] + 10)
        else:
            with page.expect_request("**/answers/"):
                page.mouse.click(box["x"] + 10, box["y"] + 10)
    expect(page.get_by_role("heading", name="1 answer")).to_be_visible()
    page.goto(post.get_absolute_url())
    expect(page.get_by_role("article", name="Answer by Bob")).to_have_count(1)
    assert Answer.objects.count() == 1
    assert len(sent) == (1 if scripts else 2)


def test_double_click_on_an_arrow_is_one_vote(open_window: OpenWindow, post: Post, bob: User) -> None:
    """However slow: its second half meets the arrow that the first half brought, which takes the vote back."""
    page = open_window(bob).page
    votes: list[str] = []
    page.on("request", lambda request: votes.append(request.url) if request.url.endswith("/vote/") else None)
    page.goto(post.get_absolute_url())
    up, score = page.get_by_role("button", name="vote up").first, page.locator(".vote__score").first
    up.click()
    expect(score).to_have_text("1")
    up.dispatch_event("click", {"detail": 2})
    up.click()
    expect(score).to_have_text("0")
    assert len(votes) == 2


def test_title_that_is_too_long_comes_back_whole(open_window: OpenWindow, post: Post, bob: User) -> None:
    title = "Why is it so? " * 20
    window = open_window(bob)
    page = window.page
    page.goto(f"{post.community.get_absolute_url()}ask/")
    page.get_by_label("Title").focus()
    page.keyboard.insert_text(title)
    page.get_by_label("What I tried").fill("All that I know.")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".field__error").first).to_contain_text("at most 150 characters")
    expect(page.get_by_label("Title")).to_have_value(title)
    window.expect_complaints("status of 422")
