"""Tables without lines, and columns of text: rows whose cells stand below each other."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .pdf_rows import Row, said
from .pdf_words import Word


@dataclass(frozen=True)
class Table:
    """Rows of cells; the words of a cell in order."""

    rows: list[list[list[Word]]]


APART = 2.6
"""Times the size: rows that are farther apart are not of one table."""
TEXT_CHARACTERS = 25
TEXT_ROWS = 4
TEXT_FILLS = 0.7
"""Of its width: so much a line of running text takes, mostly."""
BULLET = re.compile(r"^(?:[•●○▪■◦‣–—*·➢➤✓✔►▶❖\-\uf000-\uf0ff\x00-\x1f\x7f-\x9f]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])$")


def by_columns(rows: Sequence[Row]) -> Iterator[Row | Table]:
    group: list[Row] = []
    for row in rows:
        if group and not _goes_on(group, row):
            yield from _told(group)
            group = []
        group.append(row)
    yield from _told(group)


def _goes_on(group: Sequence[Row], row: Row) -> bool:
    above = group[-1]
    distance = above.y - row.y
    if (
        len(group[0].cells) < 2
        or not _may_be(row)
        or not _may_be(group[0])
        or not 0 < distance < APART * max(row.size, above.size)
    ):
        return False
    if abs(row.size - above.size) > 0.15 * above.size:
        return False
    if len(row.cells) > 1:
        return True
    # one cell that goes on below itself, behind the first column
    first = row.cells[0][0]
    return len(above.cells) > 1 and distance < 1.4 * row.size and first.left > above.cells[1][0].left - row.size


def _may_be(row: Row) -> bool:
    return (len(row.cells) > 1 and _is_cells(row)) or (len(row.cells) == 1 and not row.is_fixed)


def _is_cells(row: Row) -> bool:
    if row.is_fixed or row.is_formula or row.is_dotted:
        return False
    return len(row.cells) > 2 or not BULLET.match(said(row.cells[0]))


def _told(group: list[Row]) -> Iterator[Row | Table]:
    full = [row for row in group if len(row.cells) > 1]
    if len(full) < 2 or not _is_cells(group[0]):
        yield from group
        return
    columns = _columns(full)
    if _is_text(full, columns):
        for column in range(len(columns)):
            parts = [[word for cell in row.cells if _column(cell, columns) == column for word in cell] for row in group]
            yield from (Row(words) for words in parts if words)
    elif len(columns) > 1 and (len(full) > 2 or len(columns) > 2) and _is_aligned(full, columns):
        yield Table([_in_columns(row, columns) for row in _unbroken(group, columns)])
    else:
        yield from group


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """From where to where, by the rows that have the usual number of cells."""
    counts = Counter(len(row.cells) for row in rows)
    usual = max(counts, key=lambda count: (counts[count], count))
    columns: list[tuple[float, float]] = []
    for cell in sorted(
        (cell for row in rows if len(row.cells) == usual for cell in row.cells), key=lambda cell: cell[0].left
    ):
        left, right = min(word.left for word in cell), max(word.right for word in cell)
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(right, columns[-1][1]))
        else:
            columns.append((left, right))
    return columns


def _column(cell: list[Word], columns: Sequence[tuple[float, float]]) -> int:
    """The first that it reaches into, else the nearest."""
    left, right = min(word.left for word in cell), max(word.right for word in cell)
    overlaps = [min(right, end) - max(left, start) for start, end in columns]
    return next((n for n, overlap in enumerate(overlaps) if overlap > 0), overlaps.index(max(overlaps)))


def _is_aligned(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Each cell has a column of its own, in nearly all rows."""
    good = sum(1 for row in rows if len({_column(cell, columns) for cell in row.cells}) == len(row.cells))
    return good >= 0.8 * len(rows)


def _is_text(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Not a table, but columns of a page that were written line by line."""
    if len(columns) not in (2, 3) or len(rows) < TEXT_ROWS:
        return False
    for number, (left, right) in enumerate(columns):
        cells = [cell for row in rows for cell in row.cells if _column(cell, columns) == number]
        wide = [cell for cell in cells if cell[-1].right - cell[0].left > TEXT_FILLS * (right - left)]
        characters = sum(len(said(cell)) for cell in cells) / max(len(cells), 1)
        if characters < TEXT_CHARACTERS or len(wide) < 0.6 * len(cells):
            return False
    return True


def _unbroken(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> list[list[list[Word]]]:
    """A row whose first column is empty goes on with the cells of the one above, if it is close."""
    whole: list[list[list[Word]]] = []
    above: Row | None = None
    for row in rows:
        is_lower_half = above is not None and _column(row.cells[0], columns) > 0
        if above and is_lower_half and len(row.cells) < len(columns) and above.y - row.y < 1.4 * row.size:
            whole[-1] = [*whole[-1], *row.cells]
        else:
            whole.append(row.cells)
        above = row
    return whole


def _in_columns(cells: Sequence[list[Word]], columns: Sequence[tuple[float, float]]) -> list[list[Word]]:
    row: list[list[Word]] = [[] for _ in columns]
    for cell in cells:
        row[_column(cell, columns)] += cell
    return row
