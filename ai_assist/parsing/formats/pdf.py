"""PDF: its pages with their own numbers. What is not painted is not text, and what is only painted is for OCR."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pypdf
import pypdfium2 as pdfium
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject

from ..blocks import Block, Count, Facts, Page, Thing, Unreadable
from ..limits import PAGES_MAX, STREAM_MAX
from . import Upload, load_whole
from .pdf_grid import grids_of
from .pdf_layout import Layout, Outline, bare
from .pdf_pages import NEIGHBOURS, Content, beside_each_other, flow_of
from .pdf_words import PageOfWords

FEW_CHARACTERS = 40
"""Beside a picture: a stamp or a page number, so the text is in the picture."""
OUTLINE_MAX = 5_000
UNKNOWN_SHARE = 0.3
"""Of characters that stand for no letter: then the fonts do not say what they draw."""
_NO_LETTER = re.compile("[\x00-\x09\x0b-\x1f\ufffd\ue000-\uf8ff]")
_UNTITLED = ("untitled", "microsoft ", "powerpoint", "slide 1", "document", "about:", "http:", "https:", "file:")
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
    document = pdfium.PdfDocument(upload.content, password=upload.password)
    outlines = _outlines(document)
    first = max(upload.start - NEIGHBOURS, 1)  # what stands on the pages before says what is a head
    has_readable = upload.start > 1 or not count
    contents = (_content(reader, document, number) for number in range(first, count + 1))
    for content, body in beside_each_other(contents):
        has_readable = has_readable or content.is_readable
        if content.number >= upload.start:
            yield _page(content, document, body, outlines[content.number])
    if not has_readable:
        raise Unreadable("corrupt_file")
    yield Facts(_title(reader), is_paged=True, pages=count, language=_language(reader))


def _content(reader: pypdf.PdfReader, document: Any, number: int) -> Content:
    try:
        _check(reader.pages[number - 1])
        return _seen(document, number)
    except LimitReachedError:
        raise Unreadable("too_large_unpacked") from None
    except (MemoryError, ImportError):
        raise
    except Exception:  # noqa: BLE001 - this page only: it can still be drawn, and read from the drawing
        return Content(number, is_readable=False)


def _check(page: Any) -> None:
    """Unpacks what draws the page within the limits, which the other library does not have."""
    contents = page.get("/Contents", ArrayObject()).get_object()
    for stream in contents if isinstance(contents, ArrayObject) else [contents]:
        stream.get_object().get_data()


def _seen(document: Any, number: int, *, with_invisible: bool = False) -> Content:
    page = document[number - 1]
    try:
        words = PageOfWords(page)
        flows = words.words(with_invisible=with_invisible)
        grids = [] if with_invisible else grids_of(page)
        return Content(
            number,
            [
                flow_of(some, grids if some[0].style.turn == 0 else [], **words.reach(some[0].style.turn))
                for some in flows
            ],
            words.shows_picture(),
        )
    finally:
        page.close()


def _page(content: Content, document: Any, body: float, outline: Outline) -> Page:
    blocks = _blocks(content, body, outline)
    if not content.is_readable or _is_gibberish(blocks):
        return Page(content.number, "", [], needs_ocr=True)
    characters = sum(len(block.text) for block in blocks)
    if characters > FEW_CHARACTERS or not content.shows_picture:
        return Page(content.number, "", blocks)
    # Under a scan somebody has laid the text of its letters, unseen, so that it can be searched and copied. It is
    # taken for what is seen, or each page of such a book would be read again for seconds. Beside visible text it
    # is not believed.
    beneath = _blocks(_seen(document, content.number, with_invisible=True), body, {})
    if sum(len(block.text) for block in beneath) > characters + FEW_CHARACTERS and not _is_gibberish(beneath):
        return Page(content.number, "", [Block("ocr", block.text) for block in beneath])
    return Page(content.number, "", blocks, needs_ocr=True)


def _blocks(content: Content, body: float, outline: Outline) -> list[Block]:
    own = body or max(content.sizes, key=lambda size: content.sizes[size], default=0.0)
    return [block for flow in content.flows for block in Layout(own, outline).blocks(flow.things)]


def _outlines(document: Any) -> defaultdict[int, dict[str, int]]:
    """The titles of the outline by the numbers of their pages."""
    outlines: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for mark in islice(document.get_toc(max_depth=6), OUTLINE_MAX):
        place = mark.get_dest()
        number = place.get_index() if place else None
        title = bare(mark.get_title())
        if number is not None and title:
            outlines[number + 1].setdefault(title, mark.level)
    return outlines


def _is_gibberish(blocks: list[Block]) -> bool:
    text = "".join(block.text for block in blocks)
    return len(_NO_LETTER.findall(text)) > UNKNOWN_SHARE * len(text)


def _title(reader: pypdf.PdfReader) -> str:
    title = str((reader.metadata and reader.metadata.title) or "").strip()
    return "" if title.lower().startswith(_UNTITLED) or _FILE_NAME.match(title) else title


def _language(reader: pypdf.PdfReader) -> str:
    return str(reader.root_object.get("/Lang", ""))[:20]
