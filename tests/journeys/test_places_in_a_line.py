"""Where the letters of a line stand, as the browser sets them."""

from playwright.sync_api import Page, expect

from accounts.models import User
from tests.factories import make_answer, make_community, make_post
from tests.journeys.conftest import OpenWindow

LEFT_OF = """(root, letters) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = {};
  while (walker.nextNode()) for (const letter of letters) {
    const at = walker.currentNode.data.indexOf(letter);
    if (at < 0) continue;
    const range = new Range();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + 1);
    found[letter] = range.getBoundingClientRect().x;
  }
  return Object.keys(found).sort((one, other) => found[one] - found[other]).join("");
}"""
"""The letters, from left to right."""
BASELINE = (
    "element => { const r = new Range(); r.selectNodeContents(element); return r.getBoundingClientRect().bottom; }"
)


def page_of(open_window: OpenWindow, ada: User, bob: User, text: str) -> Page:
    community = make_community(ada, bob)
    answer = make_answer(bob, make_post(ada, community), text)
    page = open_window(ada).page
    page.goto(answer.get_absolute_url())
    expect(page.locator(".answer .prose")).to_be_visible()
    return page


def test_what_runs_the_other_way_stands_as_one_in_a_line_from_right_to_left(
    open_window: OpenWindow, ada: User, bob: User
) -> None:
    text = "\u05e9\u05dc\u05d5\u05dd @bob 7 \u05d0\u05d1 `x = 1;` \u05d3\u05d4\n\n\u05de\u05d4 $\\foo$ \u05d6\u05d4"
    page = page_of(open_window, ada, bob, text)
    first, second = page.locator(".answer .prose p").all()
    assert first.evaluate(LEFT_OF, [*"\u05d4x=;7@o\u05e9"]) == "\u05d4x=;7@o\u05e9"
    assert second.evaluate(LEFT_OF, [*"\u05d6$F:\u05de"]) == "\u05d6$F:\u05de"


def test_language_and_button_of_a_block_of_code_share_a_line(open_window: OpenWindow, ada: User, bob: User) -> None:
    page = page_of(open_window, ada, bob, "Run it:\n\n```python\nprint(1)\n```")
    language, button = page.locator(".code__language"), page.locator(".code__copy")
    assert language.evaluate(BASELINE) == button.evaluate(BASELINE)
    assert button.evaluate("button => button.offsetHeight") == 40
