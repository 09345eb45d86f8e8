"""PDF: its pages with their own numbers. What is not painted is not text, and what is only painted is for OCR."""

import re
from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, TextStringObject

from ..blocks import Block, Count, Facts, Page, Thing, Unreadable
from ..limits import PAGES_MAX, STREAM_MAX
from . import Upload, load_whole
from .pdf_layout import Layout, Piece

FEW_CHARACTERS = 40
"""Beside a picture: a stamp or a page number, so the text is in the picture."""
SCAN_PIXELS = 500
UNKNOWN_SHARE = 0.3
"""Of characters that stand for no letter: then the fonts do not say what they draw."""
INVISIBLE = (3, 7)
SMALLEST = 2.0
"""Points. Smaller text is no text to anybody."""
_NO_LETTER = re.compile("[\x00-\x09\x0b-\x1f\ufffd\ue000-\uf8ff]")
_UNTITLED = ("untitled", "microsoft ", "powerpoint", "slide 1", "document", "about:", "http:", "https:", "file:")
_NOTHING = DictionaryObject()
_FILE_NAME = re.compile(r"^\S*\.\w{2,5}$")

load_whole(pypdf)
pypdf.overwrite_configuration(
    maximum_declared_stream_length=STREAM_MAX,
    array_based_stream_maximum_output_length=STREAM_MAX,
    zlib_maximum_output_length=STREAM_MAX,
    lzw_maximum_output_length=STREAM_MAX,
    run_length_maximum_output_length=STREAM_MAX,
    stream_decoding_work_maximum_length=4 * STREAM_MAX,
    page_tree_maximum_entries=10 * PAGES_MAX,
    jbig2dec_binary=None,
    disable_legacy_handling=True,
)


def read(upload: Upload) -> Iterator[Thing]:
    reader = pypdf.PdfReader(upload.file)
    if reader.is_encrypted and not reader.decrypt("") and not reader.decrypt(upload.password or ""):
        raise Unreadable("needs_password")
    count = len(reader.pages)
    if count > PAGES_MAX:
        raise Unreadable("too_many_pages")
    yield Count(count)
    layout = Layout()
    has_readable = upload.start > 1 or not count
    for number in range(upload.start, count + 1):
        try:
            page = _page(reader.pages[number - 1], number, layout)
            has_readable = True
        except LimitReachedError:
            raise Unreadable("too_large_unpacked") from None
        except (MemoryError, ImportError):
            raise
        except Exception:  # noqa: BLE001 - this page only: it can still be drawn, and read from the drawing
            page = Page(number, "", [], needs_ocr=True)
        yield page
    if not has_readable:
        raise Unreadable("corrupt_file")
    yield Facts(_title(reader), is_paged=True, pages=count, language=_language(reader))


def _page(page: Any, number: int, layout: Layout) -> Page:
    pieces, drawn = _pieces(page, with_invisible=False)
    blocks = layout.blocks(pieces)
    characters = sum(len(block.text) for block in blocks)
    if _is_gibberish(blocks):
        return Page(number, "", [], needs_ocr=True)
    if characters > FEW_CHARACTERS or not _shows_picture(page.get("/Resources", _NOTHING), drawn):
        return Page(number, "", blocks)
    # Under a scan somebody has laid the text of its letters, unseen, so that it can be searched and copied. It is
    # taken for what is seen, or each page of such a book would be read again for seconds. Beside visible text it
    # is not believed.
    beneath = layout.blocks(_pieces(page, with_invisible=True)[0])
    if sum(len(block.text) for block in beneath) > characters + FEW_CHARACTERS and not _is_gibberish(beneath):
        return Page(number, "", [Block("ocr", block.text) for block in beneath])
    return Page(number, "", blocks, needs_ocr=True)


def _pieces(page: Any, *, with_invisible: bool) -> tuple[list[Piece], set[str]]:
    """The text that is painted inside of the page, piece by piece as the file has it, and the names of what else is."""
    pieces: list[Piece] = []
    drawn: set[str] = set()
    modes = [0]
    box = page.mediabox
    left, bottom, right, top = (float(side) for side in (box.left, box.bottom, box.right, box.top))

    def before(operator: bytes, operands: list[Any], *_: Any) -> None:
        if operator in (b"q", b"Do"):  # a form begins with what is set where it is drawn, and gives it back
            modes.append(modes[-1])
            drawn.update(str(name) for name in operands[:1])
        elif operator == b"Q" and len(modes) > 1:
            modes.pop()
        elif operator == b"Tr" and operands:
            modes[-1] = operands[0]
        elif modes[-1] in INVISIBLE and not with_invisible and operator in (b"Tj", b"TJ", b"'", b'"'):
            operands[-1:] = [ArrayObject() if operator == b"TJ" else TextStringObject("")]

    def after(operator: bytes, *_: Any) -> None:
        if operator == b"Do" and len(modes) > 1:
            modes.pop()

    def text(said: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        a, b = tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3]
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        points = abs(float(size)) * (a * a + b * b) ** 0.5
        is_seen = points >= SMALLEST and left - points <= x <= right and bottom - points <= y <= top
        if is_seen or said == "\n":
            name = str(font.get("/BaseFont", "")) if font else ""
            pieces.append(Piece(said, x, y, points, name))

    page.extract_text(visitor_operand_before=before, visitor_operand_after=after, visitor_text=text)
    return pieces, drawn


def _is_gibberish(blocks: list[Block]) -> bool:
    text = "".join(block.text for block in blocks)
    return len(_NO_LETTER.findall(text)) > UNKNOWN_SHARE * len(text)


def _shows_picture(resources: Any, drawn: set[str], depth: int = 4) -> bool:
    """One that is drawn, also by a form that is drawn, and large enough to show a text."""
    things = resources.get_object().get("/XObject", _NOTHING).get_object()
    for thing in (things[name].get_object() for name in drawn if name in things):
        if thing.get("/Subtype") == "/Form":
            if depth and _shows_picture(thing.get("/Resources", _NOTHING), drawn, depth - 1):
                return True
        elif min(thing.get("/Width", 0), thing.get("/Height", 0)) > SCAN_PIXELS:
            return True
    return False


def _title(reader: pypdf.PdfReader) -> str:
    title = str((reader.metadata and reader.metadata.title) or "").strip()
    return "" if title.lower().startswith(_UNTITLED) or _FILE_NAME.match(title) else title


def _language(reader: pypdf.PdfReader) -> str:
    return str(reader.root_object.get("/Lang", ""))[:20]
