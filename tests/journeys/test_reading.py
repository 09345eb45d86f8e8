"""From a citation to the words that it cites."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from ai_assist.actions.uploading import add_document
from ai_assist.models import Chunk, Document, State
from tests.ai_assist.parsing.paper import lines, pdf
from tests.factories import make_document, make_page, make_passage
from tests.journeys.browsing import DESK, PHONE
from tests.journeys.conftest import OpenWindow
from tests.journeys.test_accessibility import look

CITED = "A cairn is a pile of stones that walkers leave where a path is hard to see."
BEFORE = [f"Sentence {number} says nothing about it." for number in range(1, 60)]


@pytest.fixture
def notes(site: str, ada: User) -> Chunk:
    """Far down in a long section."""
    document = make_document(ada)
    page = make_page(document, ("heading", "Walks"), *[("prose", text) for text in BEFORE], ("prose", f"So. {CITED}"))
    make_page(document, ("prose", "The end."), number=2)
    return make_passage(page, CITED, start=60)


@pytest.fixture
def book(site: str, ada: User) -> Chunk:
    """At the foot of the first page."""
    content = pdf(lines(*BEFORE[:44], CITED[:40], CITED[40:], top=740), lines("The end."))
    document, _ = add_document(ContentFile(content), by=ada, name="book.pdf")
    Document.objects.filter(pk=document.pk).update(state=State.READY, is_paged=True, pages=2)
    page = make_page(document, ("prose", f"{' '.join(BEFORE[:44])} {CITED}"))
    make_page(document, ("prose", "The end."), number=2)
    page.document.refresh_from_db()
    return make_passage(page, CITED)


def open_citation(page: Page, passage: Chunk) -> None:
    address = reverse("ai_assist:read", args=[passage.document.uuid, passage.page_start])
    page.goto(f"{address}?passage={passage.pk}")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_citation_of_a_text_opens_at_its_words(open_window: OpenWindow, ada: User, notes: Chunk, viewport) -> None:
    page = open_window(ada, viewport=viewport).page
    open_citation(page, notes)
    mark = page.locator("mark")
    expect(mark).to_have_text(CITED)
    expect(mark).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_citation_of_a_pdf_opens_at_its_words(open_window: OpenWindow, ada: User, book: Chunk, viewport) -> None:
    page = open_window(ada, viewport=viewport).page
    open_citation(page, book)
    marks = page.locator("#passage rect")
    expect(marks).to_have_count(2)
    for mark in marks.all():
        expect(mark).to_be_in_viewport(ratio=0.9)
    picture = page.get_by_role("img", name="Page 1 of “book”")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1400


def test_words_of_a_pdf_can_be_selected(open_window: OpenWindow, ada: User, book: Chunk) -> None:
    page = open_window(ada).page
    open_citation(page, book)
    page.get_by_text(BEFORE[0]).first.dblclick()
    assert page.evaluate("getSelection().toString().trim()") in BEFORE[0]


def test_reading_has_no_violation(open_window: OpenWindow, ada: User, notes: Chunk, book: Chunk) -> None:
    page = open_window(ada, color_scheme="light").page
    for passage in (notes, book):
        open_citation(page, passage)
        page.locator("summary").first.click()
        assert look(page) == ""


def test_keys_turn_the_pages(open_window: OpenWindow, ada: User, notes: Chunk) -> None:
    page = open_window(ada).page
    open_citation(page, notes)
    page.keyboard.press("j")
    expect(page.get_by_text("The end.")).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_text(BEFORE[0])).to_be_visible()


def test_reading_goes_without_scripts(open_window: OpenWindow, ada: User, notes: Chunk) -> None:
    page = open_window(ada, java_script_enabled=False).page
    open_citation(page, notes)
    expect(page.locator("mark")).to_be_in_viewport(ratio=1)
    page.get_by_role("spinbutton", name="Section").fill("2")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text("The end.")).to_be_visible()
