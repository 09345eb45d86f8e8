"""From the rows of a page to headings, paragraphs, lists, tables, code and formulas."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from ..blocks import Block
from ..tables import as_markdown
from .pdf_code import listing
from .pdf_rows import Row, rows_of, said
from .pdf_tables import Table
from .pdf_words import Word

_SIGNS = "•●○▪■◦‣–—*·➢➤✓✔►▶❖\uf000-\uf0ff\x80-\x9f"
_BULLET = re.compile(rf"^(?:[{_SIGNS}\-]|\(?(?:\d{{1,3}}|[a-z])[.)])\s+")
_SIGN = re.compile(rf"^[{_SIGNS}]\s+")
_HYPHEN = re.compile(r"[^\W\d_]-$")
_LETTER = re.compile(r"[^\W\d_]")
_LEADERS = re.compile(r"\s*(?:\. ?){5,}\s*")
_NUMBERED = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[A-Z]\.\d+|[IVX]+\.)\s+\S")
_MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹*†"
"""Of footnotes."""
_SAID = re.compile(r"[.,;:!?]$")
LARGER = ((1.6, 1), (1.3, 2), (1.12, 3))
"""How much larger than the text a row is, and the level of heading that it then has."""
BOLD_LEVEL = 4
HEADING_CHARACTERS = 200
BOLD_CHARACTERS = 100
GAP = 1.35
"""More than so many times the usual distance from row to row parts paragraphs."""
WIDEST = 2.0
"""Times the size: rows of one text are never farther apart."""
INDENT = 0.8
"""Of a first line, times its size."""
FORMULA_GAP = 1.3
"""Times the size: parts of one formula are as close."""

Outline = Mapping[str, int]
"""Titles, letters only, and how deep each is: 0 is the highest."""


class Layout:
    """One page."""

    def __init__(self, body: float, outline: Outline) -> None:
        self.body = body
        self.outline = outline
        self.usual = body
        self.margin = 0.0

    def blocks(self, things: Iterable[Row | Table]) -> list[Block]:
        things = list(things)
        rows = [thing for thing in things if isinstance(thing, Row)]
        text = [row for row in rows if not (row.is_fixed or self._level(row))] or rows
        gaps = sorted(above.y - row.y for above, row in pairwise(text) if above.y > row.y)
        usual = gaps[len(gaps) // 3] if gaps else self.body  # most are from row to row, some between paragraphs
        self.usual = min(usual, WIDEST * self.body)
        lefts = Counter(round(row.left / 2) for row in rows)
        self.margin = 2 * max(lefts, key=lambda left: (lefts[left], -left)) if lefts else 0.0
        return [block for group in self._groups(things) for block in self._told(group)]

    def _groups(self, things: Sequence[Row | Table]) -> Iterator[list[Row] | Table]:
        group: list[Row] = []
        for thing in things:
            if isinstance(thing, Row) and group and self._belongs(thing, group):
                group.append(thing)
                continue
            if group:
                yield group
            group = [thing] if isinstance(thing, Row) else []
            if isinstance(thing, Table):
                yield thing
        if group:
            yield group

    def _belongs(self, row: Row, group: Sequence[Row]) -> bool:
        last = group[-1]
        distance = last.y - row.y
        if self._kind(row) != self._kind(last):
            return False
        if row.is_fixed:
            return 0 <= distance <= 2.5 * self.usual
        if self._is_formula(row):
            return abs(distance) < FORMULA_GAP * row.size
        is_list = bool(_BULLET.match(group[0].text))
        if _BULLET.match(row.text):
            return is_list and 0 <= distance <= 2 * self.usual
        if is_list and row.left < group[0].left + 1:  # what belongs to an item stands behind its bullet
            return False
        if distance < 0 and abs(distance) > row.size:  # the next column, or a note
            return not is_list and row.text[:1].islower()
        if distance > GAP * max(self.usual, row.size) or row.is_dotted != last.is_dotted:
            return False
        is_indented = len(group) > 1 and row.left > last.left + INDENT * row.size
        return is_list or not (is_indented and last.text.rstrip(_MARKS).endswith((".", "!", "?", ":", "”")))

    def _kind(self, row: Row) -> object:
        return (row.is_fixed, self._is_formula(row), 0 if row.is_fixed else self._level(row))

    def _is_formula(self, row: Row) -> bool:
        return row.is_formula and not row.is_fixed and row.left > self.margin + row.size

    def _level(self, row: Row) -> int:
        """0 is running text. A heading is told by the outline of the document, by its size, or by being bold."""
        text = row.text
        is_long = len(text) > HEADING_CHARACTERS or (len(row.cells) > 1 and said(row.cells[-1]).isdigit())
        if row.is_fixed or is_long or row.is_formula or not _LETTER.search(text) or row.is_dotted:
            return 0
        by_size = next((level for times, level in LARGER if row.size > times * self.body), 0)
        depth = self.outline.get(bare(text))
        if depth is not None and (by_size or row.is_bold or row.size >= self.body):
            return min(depth + (1 if by_size == 1 else 2), 6)
        is_name = row.is_bold and len(text) < BOLD_CHARACTERS and not _BULLET.match(text)
        if by_size or not is_name or _SAID.search(text) or row.size < 0.95 * self.body:
            return by_size
        return 3 if _NUMBERED.match(text) and row.size > 1.02 * self.body else BOLD_LEVEL

    def _told(self, group: list[Row] | Table) -> Iterator[Block]:
        if isinstance(group, Table):
            yield Block("table", as_markdown([[_text(cell) for cell in row] for row in group.rows]))
            return
        rows, first = group, group[0]
        level = self._level(first)
        if level:
            yield Block("heading", _joined([row.text for row in rows]), level=level)
        elif first.is_fixed:
            yield Block("code", listing(rows))
        elif self._is_formula(first):
            yield Block("math", "\n".join(row.text for row in rows))
        elif first.is_dotted:
            yield Block("prose", "\n".join(_LEADERS.sub(" … ", row.text) for row in rows))
        elif _BULLET.match(first.text) and not (_NUMBERED.match(first.text) and len(rows) == 1):
            yield Block("list", "\n".join(_items(rows)))
        else:
            yield Block("prose", _joined([row.text for row in rows]))


def bare(title: str) -> str:
    """Its letters alone, without the number before it."""
    return "".join(sign for sign in title.casefold() if sign.isalpha())


def _text(cell: Sequence[Word]) -> str:
    return _joined(row.text for row in rows_of(cell))


def _joined(texts: Iterable[str]) -> str:
    text = ""
    for line in texts:
        if _HYPHEN.search(text) and line[:1].islower():
            text = text[:-1] + line
        else:
            text += (" " if text else "") + line
    return re.sub(r"[ \t]+", " ", text)


def _items(rows: Sequence[Row]) -> Iterator[str]:
    lefts = sorted({round(row.left) for row in rows if _BULLET.match(row.text)})
    steps = [left for before, left in pairwise([-100, *lefts]) if left - before > 4]
    item: list[str] = []
    indent = ""
    for row in rows:
        if _BULLET.match(row.text):
            if item:
                yield indent + _SIGN.sub("- ", _joined(item))
            item = []
            indent = "  " * (sum(1 for step in steps if step <= row.left + 1) - 1)
        item.append(row.text)
    yield indent + _SIGN.sub("- ", _joined(item))
