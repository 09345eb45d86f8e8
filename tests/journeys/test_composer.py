"""The tools of the writer: what each does to the text, what the keys do, and what the preview shows."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from communities.actions.community import join_community
from communities.models import Community, Picture
from tests.accounts.pictures import bomb, picture
from tests.factories import make_community, make_tag, make_user
from tests.journeys.conftest import OpenWindow

CHOOSE = "(area, [from, to]) => { area.focus(); area.setSelectionRange(from, to); }"


@pytest.fixture
def algebra(site: str, ada: User, bob: User) -> Community:
    return make_community(ada, bob)


@pytest.fixture
def page(open_window: OpenWindow, algebra: Community, ada: User) -> Page:
    page = open_window(ada).page
    page.goto(f"{algebra.get_absolute_url()}ask/?kind=discussion")
    return page


def text_of(page: Page) -> Locator:
    return page.get_by_label("Text", exact=True)


def tool(page: Page, name: str) -> Locator:
    return page.get_by_role("toolbar", name="Formatting").get_by_role("button", name=name, exact=True)


@pytest.mark.parametrize(
    ("name", "keys", "before", "chosen", "after"),
    [
        ("Bold", "Control+b", "one two", "two", "one **two**"),
        ("Italic", "Control+i", "one two", "two", "one *two*"),
        ("Code", "Control+e", "one two", "two", "one `two`"),
        ("Link", "Control+k", "one two", "two", "one [two](https://)"),
        ("Formula", "Control+m", "one x", "x", "one $x$"),
        ("Heading", "Control+Shift+H", "one\ntwo", "two", "one\n## two"),
        ("Quotation", "Control+Shift+Digit9", "one\ntwo", "one\ntwo", "> one\n> two"),
        ("List", "Control+Shift+Digit8", "one\ntwo", "one\ntwo", "- one\n- two"),
        ("Numbered list", "Control+Shift+Digit7", "one\ntwo", "one\ntwo", "1. one\n2. two"),
    ],
)
def test_tool_and_its_keys_do_the_same_and_take_it_back(
    page: Page, name: str, keys: str, before: str, chosen: str, after: str
) -> None:
    area = text_of(page)
    start = before.index(chosen)
    for act in (tool(page, name).click, lambda: page.keyboard.press(keys)):
        area.fill(before)
        area.evaluate(CHOOSE, [start, start + len(chosen)])
        act()
        expect(area).to_have_value(after)
        page.keyboard.press("Control+z")
        expect(area).to_have_value(before)
    area.fill(after)
    if name != "Link":  # an address may have been typed by now
        found = after.index(chosen.split("\n")[0])
        area.evaluate(CHOOSE, [found, len(after) if "\n" in after else found + len(chosen)])
        page.keyboard.press(keys)
        expect(area).to_have_value(before)


@pytest.mark.parametrize(
    ("name", "after", "typed"),
    [
        ("Block of code", "one\n\n```HERE\nx = 1\n```\n\ntwo", "HERE"),
        ("Formula on its own line", "one\n\n$$\nHERE\n$$\n\ntwo", "HERE"),
        ("Table", "one\n\n| HERE |  |\n| --- | --- |\n|  |  |\n\ntwo", "HERE"),
    ],
)
def test_block_stands_on_its_own_and_goes_on_where_one_types(page: Page, name: str, after: str, typed: str) -> None:
    area = text_of(page)
    area.fill("onex = 1two")
    area.evaluate(CHOOSE, [3, 8])
    tool(page, name).click()
    page.keyboard.type(typed)
    expect(area).to_have_value(after)


def test_toolbar_is_one_stop_for_tab_and_arrows_lead_along_it(page: Page) -> None:
    text_of(page).focus()
    page.keyboard.press("Shift+Tab")
    expect(tool(page, "Heading")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(tool(page, "Bold")).to_be_focused()
    page.keyboard.press("End")
    last = page.locator(":focus")
    page.keyboard.press("ArrowRight")
    expect(tool(page, "Heading")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    expect(text_of(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(tool(page, "Bold")).to_be_focused()


def test_tab_leaves_the_text(page: Page) -> None:
    text_of(page).fill("one")
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)
    expect(text_of(page)).not_to_be_focused()
    expect(text_of(page)).to_have_value("one")


def test_preview_takes_the_place_of_the_text_and_keeps_its_height(page: Page) -> None:
    text_of(page).fill("**Short**, says @bob.")
    height = text_of(page).bounding_box()["height"]
    page.get_by_role("button", name="Preview").click()
    panel = page.get_by_role("region", name="Preview")
    expect(panel.locator("strong")).to_have_text("Short")
    expect(panel.locator("a.mention")).to_have_attribute("href", "/members/bob/")
    expect(text_of(page)).to_be_hidden()
    assert panel.bounding_box()["height"] == pytest.approx(height, abs=1)
    page.get_by_role("button", name="Write").click()
    expect(panel).to_be_hidden()
    expect(text_of(page)).to_have_value("**Short**, says @bob.")


def test_preview_below_the_text_follows_it(page: Page) -> None:
    page.get_by_role("button", name="Both").click()
    panel = page.get_by_role("region", name="Preview")
    expect(panel).to_have_text("Nothing to show yet.")
    text_of(page).press_sequentially("One *pause*")
    expect(panel.locator("em")).to_have_text("pause")
    text_of(page).press_sequentially(" and **another**")
    expect(panel.locator("strong")).to_have_text("another")


def test_preview_after_the_session_ended_leaves_the_text_where_it_is(
    open_window: OpenWindow, algebra: Community, ada: User
) -> None:
    window = open_window(ada)
    page = window.page
    page.goto(f"{algebra.get_absolute_url()}ask/?kind=discussion")
    text_of(page).fill("A long thought.")
    window.lose_session()
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#toasts")).to_contain_text("Sign in again, in another tab")
    expect(text_of(page)).to_have_value("A long thought.")
    expect(text_of(page)).to_be_visible()
    window.expect_complaints("403")


@pytest.fixture
def beach(tmp_path: Path) -> Path:
    path = tmp_path / "beach.jpg"
    path.write_bytes(picture("JPEG"))
    return path


def dialog_of(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Add a picture")


def only_line() -> str:
    return Picture.objects.get().get_absolute_url()


GIVE = """(area, [kind, name, type, bytes, words]) => {
  const bag = new DataTransfer();
  bag.items.add(new File([new Uint8Array(bytes)], name, { type }));
  if (words) bag.items.add(words, "text/plain");
  const how = { bubbles: true, cancelable: true };
  const event = kind === "paste" ? new ClipboardEvent(kind, { ...how, clipboardData: bag })
                                 : new DragEvent(kind, { ...how, dataTransfer: bag });
  return area.dispatchEvent(event);
}"""

GIVE_TWO = """(area, bytes) => {
  const dataTransfer = new DataTransfer();
  const one = (name) => new File([new Uint8Array(bytes)], name, { type: "image/png" });
  for (const name of ["one.png", "two.png"]) dataTransfer.items.add(one(name));
  area.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
}"""


def test_picture_by_the_button_stands_where_the_caret_was(page: Page, beach: Path) -> None:
    area = text_of(page)
    area.fill("Before. After.")
    area.evaluate(CHOOSE, [8, 8])
    tool(page, "Picture").click()
    dialog_of(page).get_by_label("Picture", exact=True).set_input_files(beach)
    dialog_of(page).get_by_label("What does it show?").fill("Two [stones]")
    page.keyboard.press("Enter")
    expect(dialog_of(page)).to_be_hidden()
    expect(area).to_have_value(f"Before. \n\n![Two \\[stones\\]]({only_line()})\n\nAfter.")
    expect(area).to_be_focused()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("region", name="Preview").get_by_role("img", name="Two [stones]")).to_be_visible()


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_picture_pasted_or_dropped_without_description_reminds_of_it(page: Page, kind: str) -> None:
    area = text_of(page)
    assert area.evaluate(GIVE, [kind, "shot.png", "image/png", list(picture("PNG")), ""]) is False
    expect(dialog_of(page).get_by_label("What does it show?")).to_be_focused()
    page.keyboard.press("Enter")
    expect(area).to_have_value(re.compile("webp"))
    expect(area).to_have_value(f"![]({only_line()})\n\n")
    expect(page.locator(".composer__note")).to_contain_text("It has no description.")
    page.keyboard.type("A beach")
    expect(area).to_have_value(f"![A beach]({only_line()})\n\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Above.\n|\nBelow.", "Above.\n\nPICTURE\n\nBelow."),
        ("Above.\n\n|\n\nBelow.", "Above.\n\nPICTURE\n\nBelow."),
        ("- one\n- |", "- one\n- PICTURE\n\n"),
    ],
    ids=["one line break each", "blank lines are there", "list"],
)
def test_pasted_picture_gets_the_blank_lines_that_are_missing(page: Page, before: str, after: str) -> None:
    area, caret = text_of(page), before.index("|")
    area.fill(before.replace("|", ""))
    area.evaluate(CHOOSE, [caret, caret])
    area.evaluate(GIVE, ["paste", "shot.png", "image/png", list(picture("PNG")), ""])
    dialog_of(page).get_by_label("What does it show?").fill("A beach")
    page.keyboard.press("Enter")
    expect(area).to_have_value(re.compile("webp"))
    expect(area).to_have_value(after.replace("PICTURE", f"![A beach]({only_line()})"))


def test_two_dropped_pictures_stand_below_each_other(page: Page) -> None:
    area = text_of(page)
    area.fill("Look:")
    area.evaluate(GIVE_TWO, list(picture("PNG")))
    for word in ("First", "Second"):
        dialog_of(page).get_by_label("What does it show?").fill(word)
        page.keyboard.press("Enter")
        expect(area).to_have_value(re.compile(word))
    expect(area).to_have_value(f"Look:\n\n![First]({only_line()})\n\n![Second]({only_line()})\n\n")


def test_words_with_a_picture_of_them_are_pasted_as_words(page: Page) -> None:
    given = ["paste", "words.png", "image/png", list(picture("PNG")), "The words"]
    assert text_of(page).evaluate(GIVE, given) is True
    expect(dialog_of(page)).to_be_hidden()


def test_picture_that_is_too_large_is_said_to_be_so_before_it_is_sent(page: Page) -> None:
    drop = """area => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(20 * 1024 * 1024)], "huge.png", { type: "image/png" }));
      area.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
    }"""
    text_of(page).evaluate(drop)
    expect(dialog_of(page).get_by_role("alert")).to_have_text("This picture is too large. Choose a smaller one.")
    small = {"name": "beach.png", "mimeType": "image/png", "buffer": picture("PNG")}
    dialog_of(page).get_by_label("Picture", exact=True).set_input_files(small)
    expect(dialog_of(page).get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_bomb_is_refused_in_the_dialog_and_the_text_stays(
    open_window: OpenWindow, algebra: Community, ada: User, kind: str
) -> None:
    window = open_window(ada)
    page = window.page
    page.goto(f"{algebra.get_absolute_url()}ask/?kind=discussion")
    text_of(page).fill("What I wrote before.")
    text_of(page).evaluate(GIVE, [kind, "bomb.png", "image/png", list(bomb(50_000, 2_000)), ""])
    dialog_of(page).get_by_label("What does it show?").fill("Far too much")
    page.keyboard.press("Enter")
    expect(dialog_of(page).locator(".field__error")).to_have_text(
        "“bomb.png” has more than 25 million pixels. Choose a smaller picture."
    )
    expect(dialog_of(page).get_by_label("What does it show?")).to_have_value("Far too much")
    window.expect_complaints("422")
    dialog_of(page).get_by_role("button", name="Cancel").click()
    expect(text_of(page)).to_have_value("What I wrote before.")
    assert not Picture.objects.exists()


def test_picture_without_scripts_gives_the_line_to_copy(
    open_window: OpenWindow, algebra: Community, ada: User, beach: Path
) -> None:
    window = open_window(ada, java_script_enabled=False)
    window.page.goto(f"{algebra.get_absolute_url()}ask/?kind=discussion")
    expect(window.page.get_by_role("toolbar")).to_have_count(0)
    with window.context.expect_page() as opened:
        window.page.get_by_role("link", name="Add a picture").click()
    page = opened.value
    page.get_by_label("Picture", exact=True).set_input_files(beach)
    page.get_by_label("What does it show?").fill("A beach")
    page.get_by_role("button", name="Add picture").click()
    expect(page.get_by_label("Copy this line into your text")).to_have_value(f"![A beach]({only_line()})")


def suggestions(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_at_sign_completes_a_member_with_the_keys(page: Page, algebra: Community) -> None:
    for name in ("Otto", "Otilia", "Oskar"):
        join_community(algebra, by=make_user(name.lower(), name=name))
    area = text_of(page)
    area.press_sequentially("Thanks, @o")
    expect(suggestions(page)).to_have_count(3)
    expect(page.locator("#live")).to_have_text("3 suggestions: arrows choose, Enter takes one")
    area.press_sequentially("t")
    expect(suggestions(page)).to_have_count(2)
    expect(suggestions(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    otto = suggestions(page).filter(has_text="Otto")
    expect(otto).to_have_attribute("aria-selected", "true")
    assert area.get_attribute("aria-activedescendant") == otto.get_attribute("id")
    page.keyboard.press("Enter")
    expect(area).to_have_value("Thanks, @otto ")
    expect(suggestions(page)).to_have_count(0)
    area.press_sequentially("and #")
    expect(suggestions(page)).to_have_count(0)


def test_number_sign_completes_a_tag_with_the_mouse(page: Page, algebra: Community) -> None:
    make_tag(algebra, "Linear algebra")
    area = text_of(page)
    area.press_sequentially("Is it (#lin")
    suggestions(page).click()
    expect(area).to_have_value("Is it (#linear-algebra ")
    expect(area).to_be_focused()


@pytest.mark.parametrize("key", ["Escape", "Tab"])
def test_list_closes_and_the_text_stays(page: Page, key: str) -> None:
    area = text_of(page)
    area.press_sequentially("With @bo")
    expect(suggestions(page)).to_have_count(1)
    page.keyboard.press(key)
    expect(suggestions(page)).to_have_count(0)
    expect(area).to_have_value("With @bo")
    focus = expect(area).to_be_focused if key == "Escape" else expect(area).not_to_be_focused
    focus()
