"""The way of a newcomer, from the door to an accepted answer: once with scripts, once without."""

import email
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from communities.actions.voting import cast_vote
from communities.models import Answer, Community, Post, Trust
from tests.factories import make_answer, make_community
from tests.journeys.browsing import Window
from tests.journeys.conftest import OpenWindow

TITLE = "Why does my bisection never end?"
QUESTION = """I look for the zero of $f(x) = x^2 - 2$ like this:

```python
while hi - lo > 0:
    mid = (lo + hi) / 2
    lo, hi = (mid, hi) if mid * mid < 2 else (lo, mid)
```

In theory the error is

$$\\frac{b - a}{2^n}$$

and yet the loop runs for ever."""
ANSWER = "The interval cannot shrink below the spacing of floats: stop when `mid in (lo, hi)`."


@pytest.fixture
def algebra(site: str, mina: User, bob: User) -> Community:
    return make_community(mina, bob, name="Algebra")


def sent_code(folder: Path) -> str:
    """The code in the one mail that was delivered."""
    (file,) = folder.iterdir()
    text = email.message_from_bytes(file.read_bytes()).get_payload()
    (code,) = re.findall(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", str(text), re.MULTILINE)
    return str(code)


def press(window: Window, button: Locator, *, in_place: bool) -> None:
    """Presses the button. `in_place` says whether the page must stay or another one must come."""
    if not in_place:
        with window.page.expect_navigation():
            button.click()
        return
    window.page.evaluate("window.isStillHere = true")
    with window.page.expect_response(lambda response: response.request.method == "POST"):
        button.click()
    assert window.page.evaluate("window.isStillHere") is True


def answer_of(page: Page, person: User) -> Locator:
    return page.get_by_role("article", name=f"Answer by {person.name}")


def test_newcomer_asks_and_accepts_an_answer(
    scripts: bool,
    open_window: OpenWindow,
    wait_for_task: Callable[[str], None],
    real_mail: Path,
    algebra: Community,
    bob: User,
    mina: User,
) -> None:
    asker = open_window(java_script_enabled=scripts)
    page = asker.page
    join_and_verify(asker, wait_for_task, real_mail)
    join_community(asker, algebra)
    ask(asker, is_copied=scripts)
    post = Post.objects.get()
    assert post.title == TITLE
    assert post.author.username == "ada"

    helper = open_window(bob, java_script_enabled=scripts)
    helper.page.goto(algebra.get_absolute_url())
    helper.page.get_by_role("link", name=TITLE).click()
    helper.page.get_by_label("Your answer").fill(ANSWER)
    press(helper, helper.page.get_by_role("button", name="Post answer"), in_place=scripts)
    expect(answer_of(helper.page, bob)).to_contain_text("The interval cannot shrink")
    expect(helper.page.get_by_role("heading", name="1 answer")).to_be_visible()
    expect(helper.page.get_by_label("Your answer")).to_have_value("")

    hear_of_it(asker, post)
    better_liked = make_answer(mina, post, body="Compare with a tolerance of a few units in the last place instead.")
    cast_vote(better_liked, by=bob, value=1)
    page.reload()
    expect(page.get_by_role("article").nth(1)).to_have_accessible_name("Answer by Mina")
    if scripts:
        expect(answer_of(page, mina).locator("time").first).to_have_text("this minute")
    algebra.memberships.update(trust_level=Trust.TRUSTED)
    vote(asker, answer_of(page, bob), scripts=scripts)
    accept(asker, answer_of(page, bob), scripts=scripts)
    expect(page.get_by_role("article").nth(1)).to_have_accessible_name("Answer by Bob")

    comment(asker, answer_of(page, bob), scripts=scripts)
    edit_delete_undo(helper, bob)
    assert Answer.objects.get(author=bob).body.endswith("That is all.")


def join_and_verify(window: Window, wait_for_task: Callable[[str], None], mails: Path) -> None:
    page = window.page
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Join", exact=True).click()
    page.get_by_label("User name").fill("ada")
    page.get_by_label("Name optional").fill("Ada")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_label("Password").fill("stones by the river")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter the code")
    wait_for_task("outbox.tasks.send_mail")
    page.get_by_label("Code").fill(sent_code(mails))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Ada")


def join_community(window: Window, community: Community) -> None:
    page = window.page
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Communities").click()
    page.get_by_role("link", name=community.name).click()
    page.get_by_role("button", name=f"Join {community.name}").click()
    expect(page.locator(".toast")).to_contain_text(f"Welcome to {community.name}.")


def ask(window: Window, *, is_copied: bool) -> None:
    page = window.page
    page.get_by_role("main").get_by_role("link", name="Ask", exact=True).click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Goal").fill("Find the zero on paper and in Python.")
    page.get_by_label("What I tried").fill(QUESTION)
    page.get_by_label("Where I am stuck").fill("In theory it ends, and yet the loop runs for ever.")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator(".prose math[display=block] mfrac msup")).to_have_count(1)
    expect(page.locator(".prose p math msup")).to_be_visible()
    expect(page.locator(".code .hl-keyword", has_text="while")).to_be_visible()
    expect(page.locator(".code__language")).to_have_text("Python")
    copy = page.locator(".code__copy")
    expect(copy).to_be_visible(visible=is_copied)
    if is_copied:
        window.context.grant_permissions(["clipboard-read", "clipboard-write"])
        copy.click()
        expect(copy).to_have_text("✓ Copy")
        assert page.evaluate("navigator.clipboard.readText()").startswith("while hi - lo > 0:\n    mid")


def hear_of_it(window: Window, post: Post) -> None:
    page = window.page
    page.goto("/")
    bell = page.get_by_role("banner").get_by_role("link", name="Inbox")
    expect(bell).to_have_accessible_name("Inbox 1 unread")
    bell.click()
    page.get_by_role("button", name=TITLE).click()
    page.wait_for_url(f"**{post.get_absolute_url()}#answer-{post.answers.get().pk}")
    expect(page.get_by_role("banner").get_by_role("link", name="Inbox")).to_have_accessible_name("Inbox")


def vote(window: Window, answer: Locator, *, scripts: bool) -> None:
    """Up, then another mind, then none, then up again."""
    score = answer.locator(".vote__score")
    up, down = answer.get_by_role("button", name="vote up"), answer.get_by_role("button", name="vote down")
    changes = [
        (up, "1", "true", "false"),
        (down, "-1", "false", "true"),
        (down, "0", "false", "false"),
        (up, "1", "true", "false"),
    ]
    for button, expected, up_is_pressed, down_is_pressed in changes:
        press(window, button, in_place=scripts)
        if expected == "-1":
            press(window, window.page.get_by_role("button", name="Unclear"), in_place=scripts)
        expect(score).to_have_text(expected)
        expect(up).to_have_attribute("aria-pressed", up_is_pressed)
        expect(down).to_have_attribute("aria-pressed", down_is_pressed)
        if scripts:
            expect(button).to_be_focused()
            expect(window.page.locator("#live")).to_have_text(f"Score {expected}")


def accept(window: Window, answer: Locator, *, scripts: bool) -> None:
    button = answer.get_by_role("button", name="Accept this answer")
    press(window, button, in_place=scripts)
    expect(answer.locator(".badge--accepted")).to_have_text("Accepted")
    expect(answer.get_by_role("button", name="Accepted; take back")).to_have_attribute("aria-pressed", "true")


def comment(window: Window, answer: Locator, *, scripts: bool) -> None:
    answer.get_by_role("link", name="Comment").click()
    window.page.get_by_label("Your comment").fill("Thank you, it ends now.")
    press(window, window.page.get_by_role("button", name="Post comment"), in_place=scripts)
    expect(answer.get_by_role("list", name="Comments")).to_contain_text("Thank you, it ends now.")
    expect(answer.get_by_role("link", name="Comment", exact=True)).to_be_visible()


def edit_delete_undo(window: Window, author: User) -> None:
    page, answer = window.page, answer_of(window.page, author)
    page.reload()
    answer.get_by_role("link", name="Edit").click()
    area = page.get_by_label("Your answer")
    area.fill(f"{area.input_value()} That is all.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(answer).to_contain_text("That is all.")
    expect(answer.locator(".byline__edited")).to_be_visible()
    answer.get_by_role("button", name="Delete").click()
    expect(page.locator(".toast")).to_contain_text("The answer is deleted.")
    expect(answer).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(answer).to_contain_text("That is all.")
