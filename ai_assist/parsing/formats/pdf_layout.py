"""From pieces of text at places on a page to its lines, and from these to headings, paragraphs, lists and code."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..blocks import Block
from .fonts import is_fixed

_BULLET = re.compile(r"^(?:[•●○▪■◦‣–—*\-·]|\(?(?:\d{1,3}|[a-z])[.)])\s+")
_SIGN = re.compile(r"^[•●○▪■◦‣–—*·]\s+")
_HYPHEN = re.compile(r"[^\W\d_]-$")
_LETTER = re.compile(r"[^\W\d_]")
_DOTTED = re.compile(r"(?:\. ?){5}")
"""A line of a table of contents."""
_NUMBERED = re.compile(r"^\d+(?:\.\d+)*\.?\s+\S")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\xa0": " "})
LARGER = ((1.6, 1), (1.3, 2), (1.12, 3))
"""How much larger than the text a line is, and the level of heading that it then has."""
HEADING_CHARACTERS = 200
GAP = 1.35
"""More than so many times the usual distance from line to line parts paragraphs."""
INDENT = 0.8
"""Of a first line, times its size."""
FIXED_WIDTH = 0.6
"""Of a letter of a font for code, times its size."""


@dataclass(frozen=True)
class Piece:
    text: str
    x: float
    y: float
    size: float
    font: str


@dataclass(frozen=True)
class Line:
    text: str
    x: float
    y: float
    size: float
    is_fixed: bool


class Layout:
    """Remembers of the pages so far which size the running text has."""

    def __init__(self) -> None:
        self.sizes: Counter[float] = Counter()

    def blocks(self, pieces: Iterable[Piece]) -> list[Block]:
        lines = list(_lines(pieces))
        if not lines:
            return []
        for line in lines:
            self.sizes[round(line.size, 1)] += len(line.text)
        body = max(self.sizes, key=self.sizes.__getitem__)
        gaps = sorted(above.y - line.y for above, line in pairwise(lines) if above.y > line.y)
        usual = gaps[len(gaps) // 3] if gaps else body  # most are from line to line, some between paragraphs
        return [_block(group, body) for group in _groups(lines, body, usual)]


def _lines(pieces: Iterable[Piece]) -> Iterator[Line]:
    parts: list[Piece] = []
    for piece in pieces:
        parts.append(piece)
        if piece.text.endswith("\n"):
            yield from _line(parts)
            parts = []
    yield from _line(parts)


def _line(parts: list[Piece]) -> Iterator[Line]:
    text = "".join(part.text for part in parts).strip("\n").translate(_LIGATURES)
    seen = [part for part in parts if part.text.strip()]
    if not seen or not text.strip():
        return
    longest = max(seen, key=lambda part: len(part.text))
    fixed = sum(len(part.text) for part in seen if is_fixed(part.font))
    is_code = fixed > 0.8 * len(text) and not _SIGN.match(text)
    yield Line(text.rstrip() if is_code else text.strip(), seen[0].x, seen[0].y, longest.size, is_code)


def _groups(lines: list[Line], body: float, usual: float) -> Iterator[list[Line]]:
    group = lines[:1]
    for line in lines[1:]:
        if _belongs(line, group, body, usual):
            group.append(line)
        else:
            yield group
            group = [line]
    yield group


def _belongs(line: Line, group: list[Line], body: float, usual: float) -> bool:
    last = group[-1]
    distance = last.y - line.y
    if line.is_fixed != last.is_fixed or _level(line, body) != _level(last, body):
        return False
    if line.is_fixed:
        return 0 <= distance <= 2.5 * usual
    is_list = bool(_BULLET.match(group[0].text))
    if _BULLET.match(line.text):
        return is_list and 0 <= distance <= 2 * usual
    if is_list and line.x < group[0].x + 1:  # what belongs to an item stands behind its bullet
        return False
    if distance < 0 and abs(distance) > line.size:  # the next column, or a note
        return not is_list and line.text[:1].islower()
    if distance > GAP * max(usual, line.size):
        return False
    is_indented = len(group) > 1 and line.x > last.x + INDENT * line.size
    return is_list or not (is_indented and last.text.endswith((".", "!", "?", ":", "”")))


def _level(line: Line, body: float) -> int:
    """0 is running text. A line is a heading by its size alone."""
    is_long = len(line.text) > HEADING_CHARACTERS
    if line.is_fixed or is_long or not _LETTER.search(line.text) or _DOTTED.search(line.text):
        return 0
    return next((level for times, level in LARGER if line.size > times * body), 0)


def _block(group: list[Line], body: float) -> Block:
    level = _level(group[0], body)
    if level:
        return Block("heading", _joined(group), level=level)
    if group[0].is_fixed:
        return Block("code", "\n".join(_indented(group)))
    if _BULLET.match(group[0].text) and not (_NUMBERED.match(group[0].text) and len(group) == 1):
        return Block("list", "\n".join(_items(group)))
    return Block("prose", _joined(group))


def _joined(lines: list[Line]) -> str:
    text = ""
    for line in lines:
        if _HYPHEN.search(text) and line.text[:1].islower():
            text = text[:-1] + line.text
        else:
            text += (" " if text else "") + line.text
    return re.sub(r"[ \t]+", " ", text)


def _indented(lines: list[Line]) -> Iterator[str]:
    left = min(line.x for line in lines)
    for line in lines:
        columns = round((line.x - left) / (FIXED_WIDTH * line.size)) if line.size else 0
        yield " " * min(columns, 80) + line.text.lstrip() if columns > 0 else line.text


def _items(lines: list[Line]) -> Iterator[str]:
    item: list[Line] = []
    for line in lines:
        if _BULLET.match(line.text) and item:
            yield _SIGN.sub("- ", _joined(item))
            item = []
        item.append(line)
    yield _SIGN.sub("- ", _joined(item))
