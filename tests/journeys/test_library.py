"""A library in the browser: files come in one by one, are read while one looks on, change their name and go."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from ai_assist.models import Document, State
from tests.factories import make_document
from tests.journeys.conftest import OpenWindow

NOTES = "# Cairns\n\nA cairn is a pile of stones that walkers leave where a path is hard to see.\n"
DROP = """([name, text, count]) => {
  const bag = new DataTransfer();
  for (let n = 0; n < count; n++) bag.items.add(new File([text], name, { type: "text/plain" }));
  for (const type of ["dragenter", "dragover", "drop"]) {
    const options = { dataTransfer: bag, bubbles: true, cancelable: true };
    document.querySelector("h1").dispatchEvent(new DragEvent(type, options));
  }
}"""


@pytest.fixture
def reading(site: str, worker: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
    """A real worker reads what comes."""
    with worker():
        yield


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two that can be taken, and one that can't."""
    contents = {"cairns.md": NOTES, "paths.txt": "Where a path forks, stones show the way.", "run.exe": "MZ"}
    for name, text in contents.items():
        (tmp_path / name).write_text(text)
    return [tmp_path / name for name in contents]


def line(page: Page, title: str):
    return page.locator(".document", has=page.get_by_role("link", name=title, exact=True))


def choose(page: Page, files: list[Path]) -> None:
    page.get_by_label("Files").set_input_files(files)
    page.get_by_role("button", name="Upload", exact=True).click()


@pytest.mark.usefixtures("reading")
def test_upload_shows_each_file_until_it_is_ready_and_names_what_is_refused(
    open_window: OpenWindow, ada: User, files: list[Path]
) -> None:
    window = open_window(ada)
    page = window.page
    page.goto("/library/")
    choose(page, files)
    expect(page.locator(".upload--refused")).to_contain_text("run.exe")
    for title in ("cairns", "paths"):
        expect(line(page, title).locator(".document-state__words")).to_have_text("Ready · 1 section")
    expect(page.locator("#allowance")).to_contain_text("2 of 200 documents")
    expect(page.locator("[hx-trigger^=load]")).to_have_count(0)
    window.expect_complaints("status of 422")

    line(page, "cairns").get_by_role("link", name="Change").click()
    page.get_by_label("Title").fill("Piles of stones")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Piles of stones")
    with page.expect_download() as begun:
        page.get_by_role("link", name="Download").click()
    assert (begun.value.suggested_filename, begun.value.path().read_text()) == ("cairns.md", NOTES)
    page.get_by_role("link", name="Delete").click()
    asked = page.get_by_role("dialog", name="Delete “Piles of stones”?")
    expect(asked.get_by_role("button", name="Leave it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(asked).to_be_hidden()
    expect(page.get_by_role("link", name="Delete")).to_be_focused()
    page.get_by_role("link", name="Delete").click()
    asked.get_by_role("button", name="Delete for good").click()
    expect(page.locator(".document__link")).to_have_text(["paths"])


@pytest.mark.usefixtures("reading")
def test_dropped_file_is_read_and_the_sample_too(open_window: OpenWindow, ada: User) -> None:
    page = open_window(ada).page
    page.goto("/library/")
    page.get_by_role("button", name="Try it with a sample document").click()
    sample = line(page, "How to remember what you study")
    expect(sample.locator(".document-state__words")).to_have_text("Ready · 6 sections")
    page.evaluate(DROP, ["many.md", NOTES, 10_000])
    refused = page.locator(".upload")
    expect(refused).to_have_text("50 files at once are the most; these are 10,000. None of them was sent.")
    page.evaluate(DROP, ["dropped.md", NOTES, 1])
    expect(line(page, "dropped").locator(".document-state__words")).to_have_text("Ready · 1 section")


def test_upload_without_scripts_takes_what_it_can_and_names_the_rest(
    site: str, open_window: OpenWindow, ada: User, files: list[Path]
) -> None:
    window = open_window(ada, java_script_enabled=False)
    page = window.page
    page.goto("/library/")
    choose(page, files)
    expect(page.locator(".upload--refused")).to_contain_text("run.exe")
    expect(page.locator(".document__link")).to_have_text(["paths", "cairns"])
    window.expect_complaints("status of 422")
    choose(page, files[:1])
    expect(page.locator(".upload")).to_contain_text("This file is here already, as cairns.")


def test_file_that_is_too_large_is_not_sent_and_one_that_is_cut_off_says_so(
    site: str, open_window: OpenWindow, ada: User, files: list[Path]
) -> None:
    window = open_window(ada)
    page = window.page
    page.goto("/library/")
    page.locator("form[data-uploads]").evaluate("form => (form.dataset.sizeMax = 50)")
    page.route("**/upload/", lambda route: route.abort())
    choose(page, files[:2])
    lines = page.locator(".upload--refused")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text("It did not get through. Choose the file again.")
    expect(lines.nth(1)).to_contain_text("This file is larger than")
    window.expect_complaints("net::ERR_FAILED", "htmx:sendError")
    assert Document.objects.count() == 0


def test_try_again_shows_the_work_in_place(site: str, open_window: OpenWindow, ada: User) -> None:
    make_document(ada, state=State.FAILED)
    page = open_window(ada).page
    page.goto("/library/")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".document-state__words")).to_have_text("Waiting")
    expect(page.locator(".document-state progress")).to_be_visible()


def test_large_file_goes_on_after_a_lost_connection_and_after_a_reload(
    site: str, open_window: OpenWindow, ada: User, tmp_path: Path
) -> None:
    large = tmp_path / "large.txt"
    large.write_text("0123456789abcde\n" * (5 * 64 * 1024))  # five parts of one MB
    window = open_window(ada)
    sent: list[str] = []

    def lose_some(route: Route) -> None:
        body = route.request.post_data_buffer or b""
        sent.append(body.partition(b'name="offset"\r\n\r\n')[2].partition(b"\r\n")[0].decode())
        if len(sent) == 3 or len(sent) > 5:
            route.abort()
        else:
            route.continue_()

    window.page.route("**/parts/", lose_some)
    page = send_in_small_parts(window.page, large)
    expect(page.locator("li.upload")).to_have_attribute("data-offset", "3145728")
    expect(page.locator(".upload__waits")).to_be_visible()
    assert sent[:6] == ["", "0", "1048576", "1048576", "2097152", "3145728"]
    page.close()

    page = window.context.new_page()
    page.goto("/library/")
    expect(page.get_by_text("Choose the same file again to go on")).to_contain_text("3.0 MB of 5.0 MB are here")
    send_in_small_parts(page, large)
    expect(page.locator(".document__link")).to_have_text(["large"])
    assert Document.objects.get().file.read() == large.read_bytes()
    window.complaints.clear()


def send_in_small_parts(page: Page, file: Path) -> Page:
    page.goto("/library/")
    page.locator("form[data-uploads]").evaluate("form => (form.dataset.part = 2 ** 20)")
    page.locator("#upload").evaluate("panel => (panel.open = true)")
    choose(page, [file])
    return page
