"""Every kind of page in light, in dark and on a phone: axe finds nothing, there is one h1, nothing is too wide."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.journeys.browsing import DESK, PHONE, WIDER_PHONE, Window
from tests.journeys.conftest import OpenWindow
from tests.journeys.everything import Everything
from tests.journeys.kinds import Kind
from tests.journeys.pages import PARTS, fresh_session, session_before_code
from tests.journeys.trouble import database_away, table_missing, use_up

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"type": "tag", "values": TAGS}
LOOKS = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "aria-hidden-focus"]
RUN = """async runOnly => {
  const found = await axe.run(document, { runOnly, resultTypes: ["violations"] });
  return found.violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 200)}`));
}"""
TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(one => one.getBoundingClientRect().right > edge + 1);
  return ["page scrolls sideways", ...wide.slice(-5).map(one => one.outerHTML.slice(0, 120))];
}"""


@pytest.fixture
def there(site: str) -> Everything:
    return Everything()


def look(page: Page) -> str:
    """What is wrong with the page that is open, line by line: in light on a desk; in dark on a phone by the rules that
    depend on colours and sizes, for the structure is the same."""
    page.evaluate(AXE_SCRIPT)
    wrong = [f"light, {found}" for found in page.evaluate(RUN, ALL)]
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    wrong += [f"dark, {found}" for found in page.evaluate(RUN, LOOKS)]
    for narrow in (PHONE, WIDER_PHONE):
        page.set_viewport_size(narrow)
        wrong += [f"{narrow['width']} px, {found}" for found in page.evaluate(TOO_WIDE)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESK)
    headings = page.locator("h1").all_text_contents()
    wrong += [] if len(headings) == 1 else [f"h1: {headings}"]
    return "\n".join(wrong)


def test_member_page_has_no_violation_in_the_other_two_looks(open_window: OpenWindow, there: Everything) -> None:
    """What is seen only on a phone in light, only on a desk in dark."""
    for options in ({"color_scheme": "light", "viewport": PHONE}, {"color_scheme": "dark", "viewport": DESK}):
        page = open_window(there.ada, **options).page
        page.goto(there.post.get_absolute_url())
        page.evaluate(AXE_SCRIPT)
        assert page.evaluate(RUN, ALL) == []


@pytest.mark.parametrize("part", PARTS)
def test_every_page_has_no_violation(
    open_window: OpenWindow, there: Everything, subtests: pytest.Subtests, part: str
) -> None:
    windows: dict[User | None, Window] = {}
    for kind in (kind for pages in PARTS[part] for kind in pages(there)):
        if kind.person not in windows:
            windows[kind.person] = open_window(kind.person, color_scheme="light")
            if kind.person == there.ada:
                use_session(windows[kind.person], fresh_session(there.ada))
        with subtests.test(kind.name):
            visit(windows[kind.person], kind)


def visit(window: Window, kind: Kind) -> None:
    page = window.page
    page.goto(kind.url)
    kind.first(page)
    if kind.status != 200:
        window.expect_complaints(f"status of {kind.status}")
    wrong = "\n".join([*window.complaints, look(page)]).strip()
    window.complaints.clear()
    assert wrong == ""


def use_session(window: Window, session: str) -> None:
    window.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": window.address}])


def test_page_of_the_code_has_no_violation(open_window: OpenWindow) -> None:
    window = open_window()
    use_session(window, session_before_code())
    window.page.goto(reverse("account_email_verification_sent"))
    expect(window.page.get_by_label("Code")).to_be_visible()
    window.page.get_by_text("Was the address wrong?").click()
    assert look(window.page) == ""


def test_refusals_have_no_violation(open_window: OpenWindow, there: Everything, subtests: pytest.Subtests) -> None:
    window = open_window(there.eve)
    page = window.page
    with subtests.test("403"):
        page.goto(reverse("communities:community_settings", args=[there.algebra.slug]))
        sorry(window, 403)
    with subtests.test("404"):
        page.goto("/nothing/")
        sorry(window, 404)
    with subtests.test("429"):
        page.goto(reverse("communities:community_join", args=[there.algebra.slug]))
        use_up("join", there.eve)
        page.get_by_role("main").get_by_role("button", name="Join").click()
        sorry(window, 429)
    with subtests.test("403 of a foreign form"):
        target = window.address + reverse("communities:community_join", args=[there.algebra.slug])
        form = f"<form method=post action={target}><button>Win</button></form>"
        page.route("http://elsewhere.test/", lambda route: route.fulfill(content_type="text/html", body=form))
        page.goto("http://elsewhere.test/")
        window.foreign.clear()
        page.get_by_role("button", name="Win").click()
        sorry(window, 403)


def test_failures_have_no_violation(open_window: OpenWindow, there: Everything, subtests: pytest.Subtests) -> None:
    window = open_window()
    with subtests.test("500"):
        with table_missing():
            window.page.goto("/")
        sorry(window, 500)
    with subtests.test("503"):
        with database_away():
            window.page.goto("/")
        sorry(window, 503)


def sorry(window: Window, status: int) -> None:
    expect(window.page.locator(".sorry__number")).to_have_text(str(status))
    assert look(window.page) == ""
    window.expect_complaints(f"status of {status}")
