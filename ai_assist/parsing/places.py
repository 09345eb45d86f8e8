"""Text with its place on a page, and how lines that were recognised become paragraphs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .blocks import Block

_HYPHEN = re.compile(r"[^\W\d_]-$")
APART = 0.9
"""More than so many times the height of a line between two parts paragraphs."""


@dataclass(frozen=True)
class Placed:
    """A word or a line. The sides are fractions of the page's width and height, counted from its upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Drawn:
    """A page as a picture (WebP), with the words that are on it, where the format knows them."""

    content: bytes
    width: int
    height: int
    words: list[Placed] = field(default_factory=list)


def paragraphs(lines: Iterable[Placed]) -> list[Block]:
    """Of lines in reading order."""
    return [Block("ocr", _joined(group)) for group in _groups(lines)]


def _groups(lines: Iterable[Placed]) -> Iterator[list[Placed]]:
    group: list[Placed] = []
    for line in lines:
        if group and not _goes_on(group[-1], line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(above: Placed, below: Placed) -> bool:
    height = above.bottom - above.top
    gap = below.top - above.bottom
    return -2 * height < gap < APART * height and below.left < above.right and above.left < below.right


def _joined(lines: list[Placed]) -> str:
    text = ""
    for line in lines:
        if _HYPHEN.search(text) and line.text[:1].islower():
            text = text[:-1] + line.text
        else:
            text += (" " if text else "") + line.text
    return text
