"""A lecture with formulas: from the file to cited answers, over a lost connection, and nothing of it for a stranger."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from ai_assist.models import Citation, Document, Message
from tests.journeys.browsing import PATIENCE_MS, Window
from tests.journeys.conftest import OpenWindow
from tests.journeys.site import serve_streams
from tests.journeys.test_accessibility import look

LECTURE = Path(__file__).with_name("lecture.pdf")
ASKED = {
    "What does the theorem of Cayley and Hamilton say?": (2, "every square matrix satisfies its own"),
    "Which bridge collapsed in November 1940?": (6, "The Tacoma bridge collapsed in November 1940"),
}
WHILE_AWAY = "What does the speed of convergence depend on?"
ABSENT = "What do whales eat in winter?"

Working = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    with serve_streams() as address:
        yield address


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()


def test_lecture_from_upload_to_cited_answers(open_window: OpenWindow, worker: Working, ada: User, eve: User) -> None:
    window = open_window(ada, color_scheme="light")
    page = window.page
    with worker():
        page.goto("/library/")
        page.get_by_label("Files").set_input_files(LECTURE)
        page.get_by_role("button", name="Upload", exact=True).click()
        state = page.locator(".document-state__words")
        expect(state).to_have_text("Ready · 6 pages", timeout=2 * PATIENCE_MS)
        page.goto("/conversations/new/")
        for place, (question, (number, words)) in enumerate(ASKED.items()):
            ask(page, question)
            source = page.locator(".asked").nth(place).locator(".source").first
            expect(source.locator("summary")).to_contain_text(f"page {number}")
            expect(source.locator("mark", has_text=re.compile(words))).to_have_count(1)
    assert look(page) == ""

    ask(page, WHILE_AWAY)
    expect(page.locator(".from-documents--waiting")).to_be_visible()
    window.context.set_offline(True)
    with worker():
        Message.objects.get(question=WHILE_AWAY)
        while Message.objects.unanswered().exists():
            page.wait_for_timeout(100)
    window.context.set_offline(False)
    answer = page.locator(".asked").nth(2)
    expect(answer.locator(".prose").first).to_contain_text("quotient |λ₂|/|λ₁|")
    with worker():
        ask(page, ABSENT)
        expect(page.locator(".asked").nth(3).get_by_text("Not found in your documents")).to_be_visible()
    window.complaints = [said for said in window.complaints if "ERR_INTERNET_DISCONNECTED" not in said]

    answer.locator("summary").first.click()
    answer.get_by_role("link", name="Open page 3").first.click()
    expect(page.locator("#passage rect").first).to_be_in_viewport()
    picture = page.get_by_role("img", name="Page 3 of")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 1000
    expect(page.get_by_text("return vector @ matrix @ vector").last).to_be_attached()
    assert look(page) == ""
    reading_without_scripts(open_window, ada, page.url)
    assert seen_by(open_window(eve)) == seen_by(open_window()) == []
    assert len(seen_by(window)) == 14


def reading_without_scripts(open_window: OpenWindow, ada: User, url: str) -> None:
    page = open_window(ada, java_script_enabled=False).page
    page.goto(url)
    expect(page.locator("#passage rect").first).to_be_visible()
    page.get_by_role("link", name="Next").first.click()


def seen_by(window: Window) -> list[str]:
    """Which addresses of the lecture, and of the conversation about it, open for this person or name it."""
    document, message, citation = Document.objects.get(), Message.objects.latest("pk"), Citation.objects.first()
    assert citation is not None
    own = document.get_absolute_url()
    addresses = [f"{own}{rest}" for rest in ("", "state/", "file", "read/1/", "read/1/picture")]
    addresses += [citation.get_absolute_url(), message.conversation.get_absolute_url(), f"/questions/{message.uuid}/"]
    addresses += [f"/streams/answers/{message.uuid}/"]
    addresses += [f"/api/v1/documents/{document.uuid}", f"/api/v1/documents/{document.uuid}/file"]
    addresses += [f"/api/v1/messages/{message.uuid}"]
    lists = ["/library/?name=lecture", "/conversations/?q=Cayley", "/search/?q=Cayley", "/api/v1/documents"]
    ask = window.context.request.get
    opened = [url for url in addresses if ask(url, max_redirects=0).status not in (302, 401, 404)]
    return opened + [url for url in lists if re.search(f"{document.uuid}|Hamilton", ask(url).text())]
