"""Pages of a PDF beside their neighbours: which lines only stand at their heads and feet, and how large the text is."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, islice
from typing import NamedTuple

from .pdf_grid import Grid, by_grid
from .pdf_rows import Row, rows_of
from .pdf_tables import Table, by_columns
from .pdf_words import Word

NEIGHBOURS = 4
"""Pages before and after with which one is compared: left and right ones may differ."""
REPEATED = 3
"""So many pages have to show a line at the same place."""
MARGIN = 0.13
"""Share of the height of the page at its head and at its foot."""
NEAR = 4.0
"""Points, between lines at the same place."""
LARGER = 1.12
_COUNTED = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)


class Margin(NamedTuple):
    row: Row
    y: float
    text: str
    """Numbers made alike."""


@dataclass
class Flow:
    """What is written in one direction, on a page that is turned so that it is upright."""

    things: list[Row | Table]
    bottom: float
    top: float

    @property
    def rows(self) -> Iterator[Row]:
        return (thing for thing in self.things if isinstance(thing, Row))

    @cached_property
    def margins(self) -> list[Margin]:
        edge = MARGIN * (self.top - self.bottom)
        return [
            Margin(row, row.y, _COUNTED.sub("#", row.text))
            for row in self.rows
            if not self.bottom + edge < row.y < self.top - edge
        ]


@dataclass
class Content:
    """What one page says, as far as it can be told without the others."""

    number: int
    flows: list[Flow] = field(default_factory=list)
    shows_picture: bool = False
    is_readable: bool = True

    @cached_property
    def sizes(self) -> Counter[float]:
        sizes: Counter[float] = Counter()
        for row in (row for flow in self.flows for row in flow.rows):
            sizes[round(row.size, 1)] += len(row.text)
        return sizes


def flow_of(words: Sequence[Word], grids: Sequence[Grid], *, bottom: float, top: float) -> Flow:
    things: list[Row | Table] = []
    for is_table, some in groupby(by_grid(words, grids), key=lambda thing: isinstance(thing, Table)):
        if is_table:
            things += [thing for thing in some if isinstance(thing, Table)]
        else:
            things += by_columns(rows_of(thing for thing in some if isinstance(thing, Word)))
    return Flow(things, bottom, top)


def beside_each_other(pages: Iterator[Content]) -> Iterator[tuple[Content, float]]:
    """Each page without its head and foot, and the size of the text around it."""
    window = list(islice(pages, NEIGHBOURS + 1))
    place = 0
    while place < len(window):
        page = window[place]
        sizes = sum((near.sizes for near in window), Counter[float]())
        body = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
        yield _bare(page, [near for near in window if near is not page], body), body
        window += islice(pages, 1)
        if place == NEIGHBOURS:
            window.pop(0)
        else:
            place += 1


def _bare(page: Content, others: Sequence[Content], body: float) -> Content:
    flows = []
    for flow in page.flows:
        repeated = [line.row for line in flow.margins if _is_repeated(line, others, body)]
        things = [thing for thing in flow.things if thing not in repeated]
        flows.append(replace(flow, things=things) if things else flow)  # or the page would say nothing
    return replace(page, flows=flows)


def _is_repeated(line: Margin, others: Sequence[Content], body: float) -> bool:
    if line.row.size > LARGER * body:
        return False
    lines = ([other for flow in page.flows for other in flow.margins] for page in others)
    return 1 + sum(any(_is_alike(line, other) for other in some) for some in lines) >= REPEATED


def _is_alike(line: Margin, other: Margin) -> bool:
    """A line in bold that has a number may rather be the name of an exercise."""
    if abs(line.y - other.y) > NEAR or line.text != other.text:
        return False
    return line.row.text == other.row.text or not line.row.is_bold
