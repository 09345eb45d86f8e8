"""Pages that are pictures: read as far as the day's allowance goes."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from accounts.models import User
from ai_assist import allowances, rules
from ai_assist.actions.keeping import retry_document
from ai_assist.actions.opening import NotOpened, open_document
from ai_assist.actions.uploading import add_document
from ai_assist.models import Chunk, Document, State
from ai_assist.pageview.drawing import drawn
from ai_assist.pipeline import work
from tests.ai_assist.parsing.test_drawing import SPACE, photo
from tests.ai_assist.parsing.test_pdf import encrypted

LINES = ("The lighthouse keeper counts the ships", "Forty two passed in the fog last night")


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    """The letters are large enough for half the width, which takes a quarter of the time."""
    monkeypatch.setattr(rules, "SCAN_WIDTH", 800)


def scan(*pages: bytes) -> bytes:
    """A PDF of nothing but pictures."""
    first, *others = [Image.open(BytesIO(page)) for page in pages]
    output = BytesIO()
    first.save(output, "PDF", resolution=150, save_all=True, append_images=others)
    return output.getvalue()


def upload(by: User, content: bytes, name: str) -> Document:
    return add_document(ContentFile(content, name=name), by=by, name=name)[0]


def read(document: Document) -> None:
    work.index(document.pk)
    work.read_scanned(document.pk)
    work.index(document.pk)
    document.refresh_from_db()


def test_read_of_a_locked_scan_finds_its_words_and_their_places(ada, caplog):
    document = upload(ada, encrypted(scan(photo(*LINES, *SPACE)), "open sesame"), "scan.pdf")
    work.index(document.pk)
    document.refresh_from_db()
    with pytest.raises(NotOpened, match=r"^This is not its password\.$"):
        open_document(document, by=ada, password="closed")
    open_document(document, by=ada, password="open sesame")
    work.index(document.pk)
    document.refresh_from_db()
    assert (document.state, document.heartbeat_at) == (State.OCR, None)
    read(document)
    assert document.state == State.READY
    passage = Chunk.objects.get(document=document)
    assert passage.kind == "ocr"
    assert passage.text.casefold().split() == " ".join(LINES).casefold().split()
    first, second = document.page_set.get().lines
    assert 0 < first["left"] < first["right"] < 1
    assert 0 < first["top"] < first["bottom"] < second["bottom"] < 1
    assert drawn(document, 1, before=lambda: None).width == rules.DRAWN_WIDTH
    assert "sesame" not in caplog.text + repr(Document.objects.values().get())


def test_read_beyond_the_allowance_leaves_pages_for_another_day(ada, monkeypatch):
    for limits in (allowances.A_DAY, allowances.LIMITS):
        monkeypatch.setitem(limits, "ocr_pages", 1)
    document = upload(ada, scan(photo(LINES[0], *SPACE), photo(LINES[1], *SPACE)), "scan.pdf")
    read(document)
    assert document.state == State.READY
    assert list(document.page_set.order_by("number").values_list("needs_ocr", flat=True)) == [False, True]
    monkeypatch.setitem(allowances.A_DAY, "ocr_pages", 2)
    monkeypatch.setitem(allowances.LIMITS, "ocr_pages", 2)
    retry_document(document, by=ada)
    read(document)
    assert document.state == State.READY
    assert not document.page_set.filter(needs_ocr=True).exists()


def test_read_of_a_blank_page_ends_empty(ada):
    document = upload(ada, photo(*SPACE), "blank.png")
    read(document)
    assert document.state == State.EMPTY
