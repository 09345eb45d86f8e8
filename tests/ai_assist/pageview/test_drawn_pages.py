"""Pages of PDFs and pictures as they look: drawn once, kept beside the file, gone with it."""

import pytest
from django.core.files.base import ContentFile

from ai_assist import rules
from ai_assist.actions.keeping import delete_document_of
from ai_assist.actions.uploading import add_document
from ai_assist.models import Document
from ai_assist.pageview import drawing
from ai_assist.pageview.drawing import Undrawn, drawn, has_look
from ai_assist.pipeline import deleting
from tests.ai_assist.parsing.paper import lines, pdf


@pytest.fixture
def book(ada) -> Document:
    """A PDF of three pages."""
    content = pdf(*[lines(f"This is page {number}.") for number in (1, 2, 3)])
    return add_document(ContentFile(content), by=ada, name="book.pdf")[0]


class Counted:
    """How often something had to be drawn."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


def kept(document: Document) -> set[str]:
    try:
        return set(document.file.storage.listdir(f"{document.file.name}-pages")[1])
    except FileNotFoundError:
        return set()


def test_draw_page_gives_picture_and_words_and_keeps_both(book):
    times = Counted()
    first, again = (drawn(book, 2, before=times) for _ in range(2))
    assert again == first
    assert (first.width, first.content[:4], [word.text for word in first.words]) == (
        rules.DRAWN_WIDTH,
        b"RIFF",
        ["This", "is", "page", "2."],
    )
    assert (times.times, kept(book)) == (1, {"2"})


def test_draw_page_that_is_not_there_is_not_tried_twice(book):
    times = Counted()
    for _ in range(2):
        with pytest.raises(Undrawn):
            drawn(book, 9, before=times)
    assert (times.times, kept(book)) == (1, set())


def test_draw_page_while_others_are_drawn_gives_up(book, monkeypatch):
    monkeypatch.setattr(rules, "DRAWING_PATIENCE", 0.01)
    with drawing.ONE_AT_A_TIME, pytest.raises(Undrawn) as undrawn:
        drawn(book, 1, before=Counted())
    assert undrawn.value.is_busy
    assert drawn(book, 1, before=Counted()).words != []


def test_draw_many_pages_keeps_the_last_ones(book, monkeypatch):
    monkeypatch.setattr(rules, "PAGES_DRAWN", 2)
    for number in (1, 2, 3):
        drawn(book, number, before=Counted())
    assert kept(book) == {"2", "3"}


def test_delete_document_takes_its_drawings(book, ada):
    drawn(book, 1, before=Counted())
    delete_document_of(book, by=ada)
    deleting.purge(book.pk)
    assert kept(book) == set()


def test_draw_page_of_what_was_deleted_meanwhile_leaves_nothing(book, ada):
    def delete() -> None:
        delete_document_of(book, by=ada)

    drawn(book, 1, before=delete)
    assert kept(book) == set()


@pytest.mark.parametrize(
    ("name", "has"), [("a.pdf", True), ("a.PNG", True), ("a.md", False), ("a.docx", False), ("a.xyz", False)]
)
def test_only_pdfs_and_pictures_have_a_look(ada, name, has):
    document, _ = add_document(ContentFile(b"x"), by=ada, name=name)
    assert has_look(document) == has
