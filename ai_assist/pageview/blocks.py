"""The blocks of a page as HTML, and which of them are a passage."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple
from zlib import crc32

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe

from ai_assist.models import Chunk, Page
from ai_assist.pageview.markdown import CLOSING, OPENING, sources
from ai_assist.pageview.matching import matched, spans
from ai_assist.parsing import Block
from markup import PIPELINE_VERSION, render_quoted

KEPT_SECONDS = 24 * 3600
WITH_WORDS = ("heading", "prose", "list", "notes", "ocr")
"""Kinds of texts. A table, code or a formula is marked as a whole."""


class Shown(NamedTuple):
    place: int
    kind: str
    html: SafeString
    label: str
    is_marked: bool
    """As a whole; of texts the words are marked."""


@dataclass(frozen=True)
class Stretch:
    """Blocks in a row that belong to the passage, or that do not."""

    is_cited: bool
    blocks: Sequence[Shown]


def stretches(page: Page, passage: Chunk | None) -> list[Stretch]:
    blocks = list(_below_each_other(Block(**block) for block in page.blocks))
    htmls = _kept(page, blocks)
    cited = _places(page, passage, len(blocks))
    shown = (
        _cited(place, block, html, passage.text)
        if passage is not None and place in cited
        else Shown(place, block.kind, html, block.label, is_marked=False)
        for place, (block, html) in enumerate(zip(blocks, htmls, strict=True))
    )
    return [Stretch(is_cited, list(some)) for is_cited, some in groupby(shown, key=lambda one: one.place in cited)]


def _below_each_other(blocks: Iterable[Block]) -> Iterator[Block]:
    """A page may begin with the third level of its document. In its own outline no level is left out."""
    above: list[int] = []
    for block in blocks:
        if block.kind == "heading":
            above = [*(level for level in above if level < block.level), block.level]
            yield replace(block, level=len(above))
        else:
            yield block


def _kept(page: Page, blocks: Sequence[Block]) -> list[SafeString]:
    """As they are without any mark. What the parser read is in the key, so nothing is ever stale."""
    key = f"document-page:{page.pk}:{crc32(repr(page.blocks).encode()):x}:{PIPELINE_VERSION}"
    htmls: list[str] | None = cache.get(key)
    if htmls is None or len(htmls) != len(blocks):
        htmls = [_html(block) for block in blocks]
        cache.set(key, htmls, KEPT_SECONDS)
    return [mark_safe(html) for html in htmls]  # noqa: S308 - rendered by markup


def _places(page: Page, passage: Chunk | None, count: int) -> range:
    """Of the blocks between which the passage stands, those on this page."""
    if passage is None or not passage.page_start <= page.number <= passage.page_end:
        return range(0)
    start = passage.start if page.number == passage.page_start else 0
    end = passage.end + 1 if page.number == passage.page_end else count
    return range(count)[start:end]


def _cited(place: int, block: Block, html: SafeString, passage: str) -> Shown:
    if block.kind not in WITH_WORDS:
        return Shown(place, block.kind, html, block.label, is_marked=True)
    words = spans(block.text)
    runs = matched([block.text[word.start : word.stop] for word in words], passage)
    if runs:
        html = mark_safe(_html(block, [range(words[run.start].start, words[run.stop - 1].stop) for run in runs]))  # noqa: S308 - as above
    return Shown(place, block.kind, html, block.label, is_marked=False)


def _html(block: Block, marks: Sequence[range] = ()) -> str:
    html = "".join(render_quoted(source) for source in sources(block, marks))
    return html.replace(OPENING, "<mark>").replace(CLOSING, "</mark>")
