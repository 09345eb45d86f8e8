"""Rows of cells to pages of tables: empty rows part them, long ones are cut and their head repeated."""

from collections.abc import Iterable, Iterator

from ..blocks import Block, Page
from ..limits import COLUMNS_MAX, SHEET_ROWS, TABLE_ROWS
from ..tables import as_markdown

Row = tuple[int, list[str]]
"""Its number, and its cells from column A on."""


def pages_of(rows: Iterable[list[str]], *, label: str, first: int) -> Iterator[Page]:
    """Pages numbered from `first`: one, unless there are very many rows."""
    number, used = first, 0
    blocks: list[Block] = []
    for block, length in _blocks(rows):
        if used and used + length > SHEET_ROWS:
            yield Page(number, label, blocks)
            number, used, blocks = number + 1, 0, []
        blocks.append(block)
        used += length
    if blocks:
        yield Page(number, label, blocks)


def _blocks(rows: Iterable[list[str]]) -> Iterator[tuple[Block, int]]:
    head: Row | None = None
    body: list[Row] = []
    for place, cells in enumerate(rows, 1):
        row = (place, cells[:COLUMNS_MAX])
        filled = sum(1 for cell in row[1] if cell)
        if not filled or len(body) == TABLE_ROWS:
            yield from _table(head, body)
            body = []
        if not filled:
            head = None
        elif head is None:
            head = row
        elif not body and sum(1 for cell in head[1] if cell) == 1 < filled:  # a title above the head
            yield from _table(head, [])
            head = row
        else:
            body.append(row)
    yield from _table(head, body)


def _table(head: Row | None, body: list[Row]) -> Iterator[tuple[Block, int]]:
    if head is None:
        return
    rows = [head, *body]
    filled = [column for _, cells in rows for column, cell in enumerate(cells) if cell]
    left, right = min(filled), max(filled)
    first = body[0][0] if body and body[0][0] > head[0] + 1 else head[0]
    place = f"{_name(left)}{first}:{_name(right)}{rows[-1][0]}"
    if not body and left == right:
        yield Block("prose", head[1][left], label=place), 1
    else:
        yield Block("table", as_markdown([cells[left : right + 1] for _, cells in rows]), label=place), len(rows)


def _name(column: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
