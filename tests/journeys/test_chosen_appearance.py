"""Light, dark, or as the device is set; motion only for those who want it; the same without scripts."""

from playwright.sync_api import Page, expect

from accounts.models import User
from tests.factories import make_answer, make_community, make_post
from tests.journeys.browsing import Window
from tests.journeys.conftest import OpenWindow

BRIGHTNESS = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
  canvas.fillRect(0, 0, 1, 1);
  return canvas.getImageData(0, 0, 1, 1).data[0] / 255;
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
  const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
  const longest = text => Math.max(...text.split(",").map(parseFloat));
  return longest(transitionDuration) > 0.001 || (animationName !== "none" && longest(animationDuration) > 0.001);
}).map(element => element.outerHTML.slice(0, 100))"""


def choose(window: Window, theme: str) -> None:
    page = window.page
    page.get_by_role("contentinfo").get_by_role("link", name="Appearance").click()
    page.get_by_label(theme).check()
    page.get_by_role("button", name="Use this").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Appearance")


def shown(window: Window) -> tuple[str, str]:
    """The theme as the server writes it, before any script, and as the eye sees the page."""
    response = window.page.goto("/")
    assert response
    start = response.text().partition("data-theme=")[2].split(">")[0].split()[0].strip('"')
    return start, "light" if window.page.evaluate(BRIGHTNESS) > 0.5 else "dark"


def test_theme_follows_the_device_until_one_is_chosen(open_window: OpenWindow, scripts: bool) -> None:
    window = open_window(color_scheme="light", java_script_enabled=scripts)
    assert shown(window) == ("", "light")
    window.page.emulate_media(color_scheme="dark")
    assert shown(window) == ("", "dark")
    choose(window, "Light")
    assert shown(window) == ("light", "light")
    choose(window, "Dark")
    window.page.emulate_media(color_scheme="light")
    assert shown(window) == ("dark", "dark")
    choose(window, "As my device is set")
    assert shown(window) == ("", "light")


def test_nothing_moves_for_those_who_want_no_motion(open_window: OpenWindow, ada: User, bob: User) -> None:
    post = make_post(ada, make_community(ada, bob))
    assert moving(open_window(bob, reduced_motion="no-preference").page, post.get_absolute_url()) != []
    assert moving(open_window(bob, reduced_motion="reduce").page, post.get_absolute_url()) == []


def moving(page: Page, url: str) -> list[str]:
    page.goto(url)
    found: list[str] = page.evaluate(MOVING)
    return found


def test_printed_post_shows_what_was_written_and_no_control(open_window: OpenWindow, ada: User, bob: User) -> None:
    answer = make_answer(bob, make_post(ada, make_community(ada, bob)))
    page = open_window(ada).page
    page.goto(answer.post.get_absolute_url())
    page.emulate_media(media="print")
    controls = page.locator("button:visible, textarea:visible, nav:visible").all_text_contents()
    assert [" ".join(text.split()) for text in controls] == ["Unreviewed : why?"]
    expect(page.get_by_text(answer.body)).to_be_visible()
    expect(page.get_by_text(answer.post.body)).to_be_visible()
