"""Everything that matters is done without a mouse, and one always sees where one is."""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from communities.actions.answering import edit_answer
from communities.actions.community import join_community
from communities.models import Answer, Community, Draft, Post, Role, Trust
from tests.factories import make_answer, make_community, make_post
from tests.journeys.conftest import OpenWindow

MOST_STOPS = 60
IS_SEEN = """element => {
  const composer = element.matches("textarea") && element.closest(".composer");
  const style = getComputedStyle(composer || element);
  const box = element.getBoundingClientRect();
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return ring && inside && box.width > 0 ? "" : `${element.outerHTML.slice(0, 120)} ring ${style.outline}`;
}"""


@pytest.fixture
def algebra(site: str, ada: User, bob: User) -> Community:
    return make_community(ada, bob)


def tab_to(page: Page, goal: Locator) -> None:
    """Presses Tab until the goal has the focus; every stop on the way shows where it is."""
    expect(goal).to_have_count(1)
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count():
            expect(page.locator(":focus-visible")).to_have_count(1)  # what htmx brings may just take the focus
            assert focused.evaluate(IS_SEEN) == ""
        if goal.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{goal} is not reached with Tab")


def test_ask_with_keys_alone_publishes_the_question(open_window: OpenWindow, algebra: Community, ada: User) -> None:
    page = open_window(ada).page
    page.goto(algebra.get_absolute_url())
    page.keyboard.press("a")
    expect(page.get_by_role("heading", level=1)).to_have_text("What do you want to know?")
    tab_to(page, page.get_by_label("Title"))
    page.keyboard.type("Is zero to the zero one?")
    tab_to(page, page.get_by_label("Goal"))
    page.keyboard.type("A rule that I can remember.")
    tab_to(page, page.get_by_label("What I tried"))
    page.keyboard.type("My calculator says one, my book says it is undefined.")
    tab_to(page, page.get_by_label("Where I am stuck"))
    page.keyboard.type("Both cannot be right.")
    tab_to(page, page.get_by_role("button", name="Post", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is zero to the zero one?")
    assert Post.objects.get().author == ada


def test_answer_with_keys_alone_posts_it(open_window: OpenWindow, algebra: Community, ada: User, bob: User) -> None:
    post = make_post(ada, algebra)
    page = open_window(bob).page
    page.goto(algebra.get_absolute_url())
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=post.title)).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Your answer"))
    page.keyboard.type("Every sign flips because the bracket is ")
    page.keyboard.press("Control+b")
    page.keyboard.type("subtracted")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article", name="Answer by Bob").locator("strong")).to_have_text("subtracted")
    assert Answer.objects.get().author == bob


def test_vote_and_accept_with_keys_alone_keep_the_focus(
    open_window: OpenWindow, algebra: Community, ada: User, bob: User
) -> None:
    answer = make_answer(bob, make_post(ada, algebra))
    page = open_window(ada).page
    page.goto(answer.post.get_absolute_url())
    shown = page.get_by_role("article", name="Answer by Bob")
    up = shown.get_by_role("button", name="vote up")
    tab_to(page, up)
    page.keyboard.press("Enter")
    expect(shown.locator(".vote__score")).to_have_text("1")
    expect(up).to_be_focused()
    assert up.evaluate(IS_SEEN) == ""
    page.keyboard.press("Space")
    expect(shown.locator(".vote__score")).to_have_text("0")
    expect(up).to_be_focused()

    tab_to(page, shown.get_by_role("button", name="Accept this answer"))
    page.keyboard.press("Enter")
    expect(shown.locator(".badge--accepted")).to_be_visible()
    expect(shown.get_by_role("button", name="Accepted; take back")).to_be_focused()
    answer.refresh_from_db()
    assert (answer.score, answer.accepted_by) == (0, ada)


def test_keep_doubt_and_ask_why_with_keys_alone(
    open_window: OpenWindow, algebra: Community, ada: User, bob: User, mina: User
) -> None:
    answer = make_answer(bob, make_post(ada, algebra))
    join_community(algebra, by=mina)
    algebra.memberships.filter(user=mina).update(trust_level=Trust.TRUSTED)
    page = open_window(mina).page
    page.goto(answer.post.get_absolute_url())
    shown = page.get_by_role("article", name="Answer by Bob")

    down = shown.get_by_role("button", name="vote down")
    tab_to(page, down)
    page.keyboard.press("Enter")
    expect(page.locator(".vote-why__reasons button").first).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Unclear"))
    page.keyboard.press("Enter")
    expect(shown.locator(".vote__score")).to_have_text("-1")
    expect(down).to_be_focused()

    why = shown.get_by_role("button", name="why?")
    tab_to(page, why)
    page.keyboard.press("Enter")
    expect(shown.get_by_text("Nobody has vouched for it yet.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(shown.get_by_text("Nobody has vouched for it yet.")).to_be_hidden()
    expect(why).to_be_focused()

    tab_to(page, shown.get_by_role("link", name="Outdated or wrong?"))
    page.keyboard.press("Enter")
    expect(shown.get_by_label("Why?")).to_be_focused()
    page.keyboard.type("It says nothing of brackets within brackets.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    tab_to(page, shown.get_by_role("button", name="Say so"))
    page.keyboard.press("Enter")
    outdated = shown.get_by_role("button", name="You said: wrong. Take back")
    expect(outdated).to_be_visible()

    keep = shown.get_by_role("button", name="Bookmark")
    tab_to(page, keep)
    page.keyboard.press("Enter")
    expect(keep).to_have_attribute("aria-pressed", "true")
    expect(keep).to_be_focused()


def test_history_with_keys_alone_keeps_the_focus(
    open_window: OpenWindow, algebra: Community, ada: User, bob: User
) -> None:
    answer = make_answer(bob, make_post(ada, algebra))
    before = answer.body
    edit_answer(answer, by=bob, body="Add the opposite number: every sign in the bracket turns, then it is gone.")
    page = open_window(bob).page
    page.goto(answer.history_url)
    first = page.get_by_role("link", name="Revision 1")
    tab_to(page, first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="How it began")).to_be_visible()
    expect(first).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Go back to revision 1"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("article", name="Answer by Bob")).to_contain_text(before)


def test_role_with_keys_alone_is_granted(open_window: OpenWindow, algebra: Community, ada: User, bob: User) -> None:
    page = open_window(ada).page
    page.goto(reverse("communities:community_members", args=[algebra.slug]))
    line = page.get_by_role("listitem").filter(has_text="Bob")
    tab_to(page, line.locator("summary"))
    page.keyboard.press("Enter")
    tab_to(page, line.get_by_label("Role of Bob", exact=True))
    page.keyboard.type("Mentor")
    tab_to(page, line.get_by_role("button", name="Save the role of Bob"))
    page.keyboard.press("Enter")
    expect(line.get_by_role("status")).to_have_text("Saved.")
    expect(line.get_by_role("button", name="Save the role of Bob")).to_be_focused()
    assert algebra.memberships.get(user=bob).role == Role.MENTOR


def test_comment_form_opens_with_focus(open_window: OpenWindow, algebra: Community, ada: User, bob: User) -> None:
    answer = make_answer(bob, make_post(ada, algebra))
    page = open_window(ada).page
    page.goto(answer.post.get_absolute_url())
    shown = page.get_by_role("article", name="Answer by Bob")
    tab_to(page, shown.get_by_role("link", name="Comment"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your comment")).to_be_focused()
    page.keyboard.type("Now I see it.")
    page.keyboard.press("Control+Enter")
    expect(shown.get_by_role("list", name="Comments")).to_contain_text("Now I see it.")
    expect(shown.get_by_role("link", name="Comment", exact=True)).to_be_focused()


def test_enter_in_the_title_posts_whatever_other_buttons_there_are(
    open_window: OpenWindow, algebra: Community, ada: User, bob: User
) -> None:
    make_post(ada, algebra, title="Why does dividing by a variable lose a solution?")
    page = open_window(bob).page
    page.goto(f"{algebra.get_absolute_url()}ask/?kind=discussion")
    page.get_by_label("Text", exact=True).fill("Each of us does it once, and some of us twice.")
    page.get_by_label("Title").fill("Dividing by a variable loses a solution")
    expect(page.get_by_role("button", name="This answers me")).to_be_visible()
    page.get_by_label("Title").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dividing by a variable loses a solution")
    assert Post.objects.filter(author=bob).count() == 1


def test_enter_in_the_note_saves_the_edit(open_window: OpenWindow, algebra: Community, ada: User) -> None:
    post = make_post(ada, algebra)
    page = open_window(ada).page
    page.goto(f"/posts/{post.pk}/edit/")
    page.get_by_label("Text", exact=True).fill(f"{post.body} Please.")
    page.get_by_label("What did you change?").press("Enter")
    expect(page.locator(".post .prose")).to_have_text(f"{post.body} Please.")
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("field", "key"), [("Text", "Control+Enter"), ("Title", "Enter")])
def test_keys_that_were_warned_once_post_anyway(
    open_window: OpenWindow, algebra: Community, ada: User, field: str, key: str
) -> None:
    window = open_window(ada)
    page = window.page
    page.goto(f"{algebra.get_absolute_url()}ask/?kind=discussion")
    page.get_by_label("Title").fill("What does this loop do?")
    page.get_by_label("Text", exact=True).fill("It never ends.\n\nx = 10\nwhile x > 0:\n    x -= 1;\nprint(x)")
    page.get_by_label(field, exact=True).press(key)
    expect(page.get_by_text("Before you post")).to_be_visible()
    window.expect_complaints("422")
    page.get_by_label(field, exact=True).press(key)
    expect(page.get_by_role("heading", level=1)).to_have_text("What does this loop do?")
    assert Post.objects.get().author == ada


def test_skip_link_leads_to_the_content(open_window: OpenWindow, algebra: Community) -> None:
    page = open_window().page
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    assert skip.evaluate(IS_SEEN) == ""
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").locator(":focus")).to_have_count(1)


def test_question_mark_opens_the_shortcuts_and_escape_closes_them(open_window: OpenWindow, algebra: Community) -> None:
    page = open_window().page
    page.goto("/")
    shortcuts = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(shortcuts).to_be_hidden()
    page.keyboard.press("?")
    expect(shortcuts).to_be_visible()
    page.keyboard.press("Escape")
    expect(shortcuts).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("c")
    expect(page.get_by_role("heading", level=1)).to_have_text("Communities")


def test_refused_answer_puts_the_focus_on_its_errors(
    open_window: OpenWindow, algebra: Community, ada: User, bob: User
) -> None:
    post = make_post(ada, algebra)
    window = open_window(bob)
    page = window.page
    page.goto(post.get_absolute_url())
    page.get_by_label("Your answer").evaluate("area => area.form.noValidate = true")
    page.get_by_label("Your answer").fill("Too short.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".form__errors")).to_be_focused()
    expect(page.get_by_label("Your answer")).to_have_value("Too short.")
    window.expect_complaints("422")
    assert not Answer.objects.exists()
