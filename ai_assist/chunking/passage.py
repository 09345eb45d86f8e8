"""What is cut, pages of blocks, and what comes of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

WORD = re.compile(r"[぀-ヿ㐀-鿿가-힯]|[^\W぀-ヿ㐀-鿿가-힯]+")
"""A word, or a character of the scripts that write without spaces."""


class BlockText(Protocol):
    """As `ai_assist.parsing.blocks.Block` describes them."""

    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def language(self) -> str: ...


@dataclass(frozen=True)
class PageText:
    """A page, slide, sheet, or section; `label` is its name, if it has one."""

    number: int
    label: str
    blocks: Sequence[BlockText]


@dataclass(frozen=True)
class Passage:
    """`text` is Markdown as it is shown: code in fences, mathematics between dollars.

    `start` is the place of its first block among those of `page_start`, `end` that of its last one on `page_end`.
    """

    kind: str
    text: str
    heading_path: str
    page_start: int
    page_end: int
    start: int
    end: int
    tokens: int


def words_in(text: str) -> int:
    return sum(1 for _ in WORD.finditer(text))
