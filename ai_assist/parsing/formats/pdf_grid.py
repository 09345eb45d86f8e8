"""Tables that are drawn with lines: which words stand in which cell."""

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from .pdf_rows import rows_of
from .pdf_tables import Table
from .pdf_words import Word

SEGMENTS_MAX = 3_000
"""A page with more is a drawing."""
THICK = 3.0
"""Points. What is closer is one line, drawn as a thin box or in parts."""
FILLED = 0.4
"""Share of cells with text. A frame, or the grid of a plot, has fewer."""
WORDS_MIN = 3
BANDS = 4
"""Lines across of a table that only parts its head from the rest."""


class Edge(NamedTuple):
    """A line along an edge of the page: at which place, from where to where."""

    at: float
    start: float
    end: float


@dataclass
class Grid:
    across: list[Edge]
    upright: list[Edge]
    columns: list[float] = field(default_factory=list)
    rows: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.columns = _places(self.upright)
        self.rows = _places(self.across)

    def cell(self, word: Word) -> tuple[int, int] | None:
        """Row and column, counted from above and from the left; of cells that are one, the first."""
        x, y = (word.left + word.right) / 2, word.y + word.style.size / 4
        column = next((n for n, right in enumerate(self.columns[1:]) if self.columns[n] <= x < right), None)
        row = next((n for n, top in enumerate(self.rows[1:]) if self.rows[n] <= y < top), None)
        if column is None or row is None:
            return None
        middle = (self.rows[row] + self.rows[row + 1]) / 2
        while column and not _has(self.upright, self.columns[column], middle):
            column -= 1
        while row + 2 < len(self.rows) and not _has(self.across, self.rows[row + 1], x):
            row += 1
        return len(self.rows) - 2 - row, column

    def table(self, words: Sequence[tuple[tuple[int, int], Word]]) -> Table | None:
        """None when it is rather a frame, or the grid of a plot."""
        rows: list[list[list[Word]]] = [[[] for _ in self.columns[1:]] for _ in self.rows[1:]]
        for (row, column), word in words:
            rows[row][column].append(word)
        filled = [bool(cell) for row in rows for cell in row]
        if len(words) < WORDS_MIN or sum(filled) < FILLED * len(filled) or sum(map(any, rows)) < 2:
            return None
        return Table([line for row in rows if any(row) for line in _apart(row, few=len(self.rows) <= BANDS)])


def grids_of(page: Any) -> list[Grid]:
    """Lines that meet belong together. Those with two columns and two rows at least may be a table."""
    across, upright = _edges(page)
    grids = []
    while upright:
        met_across: list[Edge] = []
        met_upright = [upright.pop()]
        for line in met_upright:  # grows while we go through it
            found = [edge for edge in across if _meet(edge, line)]
            met_across += found
            across = [edge for edge in across if edge not in found]
            more = [other for other in upright if any(_meet(edge, other) for edge in found) or _continues(line, other)]
            met_upright += more
            upright = [other for other in upright if other not in more]
        grid = Grid(met_across, met_upright)
        if len(grid.columns) > 2 and len(grid.rows) > 2:
            grids.append(grid)
    return grids


def _apart(row: list[list[Word]], *, few: bool) -> list[list[list[Word]]]:
    """Between few lines there may be several rows: then all cells have as many."""
    cells = [rows_of(cell) for cell in row]
    counts = {len(cell) for cell in cells}
    if not few or len(counts) != 1 or counts == {1}:
        return [row]
    return [[part.words for part in line] for line in zip(*cells, strict=True)]


def _edges(page: Any) -> tuple[list[Edge], list[Edge]]:
    across: set[Edge] = set()
    upright: set[Edge] = set()
    lines = list(islice(_lines(page), SEGMENTS_MAX))
    if len(lines) == SEGMENTS_MAX:
        return [], []
    for x, y, to_x, to_y in lines:
        if abs(y - to_y) < 1 <= abs(x - to_x):
            across.add(Edge(y, min(x, to_x), max(x, to_x)))
        elif abs(x - to_x) < 1 <= abs(y - to_y):
            upright.add(Edge(x, min(y, to_y), max(y, to_y)))
    return sorted(across), sorted(upright)


def _lines(page: Any) -> Iterator[tuple[float, float, float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=1):
        matrix = path.get_matrix()
        here = start = (0.0, 0.0)
        for number in range(raw.FPDFPath_CountSegments(path)):
            segment = raw.FPDFPath_GetPathSegment(path, number)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            there = matrix.on_point(x.value, y.value)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                start = there
            elif kind == raw.FPDF_SEGMENT_LINETO:
                yield *here, *there
            if raw.FPDFPathSegment_GetClose(segment):
                yield *there, *start
            here = there


def _places(edges: Iterable[Edge]) -> list[float]:
    places: list[list[float]] = []
    for edge in sorted(edges):
        if places and edge.at - places[-1][-1] < THICK:
            places[-1].append(edge.at)
        else:
            places.append([edge.at])
    return [sum(some) / len(some) for some in places]


def _has(edges: Iterable[Edge], at: float, place: float) -> bool:
    return any(abs(edge.at - at) < THICK and edge.start - THICK <= place <= edge.end + THICK for edge in edges)


def _meet(across: Edge, upright: Edge) -> bool:
    is_beside = across.start - THICK <= upright.at <= across.end + THICK
    return is_beside and upright.start - THICK <= across.at <= upright.end + THICK


def _continues(line: Edge, other: Edge) -> bool:
    return abs(line.at - other.at) < THICK and line.start - THICK <= other.end and other.start <= line.end + THICK


def by_grid(words: Sequence[Word], grids: Sequence[Grid]) -> Iterator[Word | Table]:
    """The words, and in the place of the first word of each table the table."""
    placed: defaultdict[int, list[tuple[tuple[int, int], Word]]] = defaultdict(list)
    where: dict[int, int] = {}
    for word in words:
        for number, grid in enumerate(grids):
            cell = grid.cell(word)
            if cell is not None:
                placed[number].append((cell, word))
                where[id(word)] = number
                break
    tables = {number: table for number, grid in enumerate(grids) if (table := grid.table(placed[number]))}
    told: set[int] = set()
    for word in words:
        number = where.get(id(word), -1)
        if number not in tables:
            yield word
        elif number not in told:
            told.add(number)
            yield tables[number]
