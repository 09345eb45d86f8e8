"""A listing on a page: its lines with their indents and the empty ones between them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from .pdf_rows import Row
from .pdf_words import Word

FIXED_WIDTH = 0.6
"""Of a letter, times its size, where none of several letters tells."""
COLUMNS_MAX = 200
EMPTY_MAX = 2
NUMBERED_ROWS = 3


def listing(rows: Sequence[Row]) -> str:
    lines = _without_numbers([list(row.words) for row in rows])
    left = min((word.left for line in lines for word in line), default=0.0)
    widths = [(word.right - word.left) / len(word.text) for line in lines for word in line if len(word.text) > 1]
    width = median(widths) if widths else FIXED_WIDTH * rows[0].size
    texts = [_spaced(line, left, max(width, 1.0)) for line in lines]
    return "\n".join(text for text, gap in zip(texts, _gaps(rows), strict=True) for text in [*[""] * gap, text])


def _spaced(words: Sequence[Word], left: float, width: float) -> str:
    text = ""
    for word in words:
        column = min(round((word.left - left) / width), COLUMNS_MAX)
        is_apart = bool(text) and (word.is_apart or column > len(text))
        text = text.ljust(max(column, len(text) + is_apart)) + word.text
    return text


def _gaps(rows: Sequence[Row]) -> Iterator[int]:
    """Empty lines before each."""
    distances = [above.y - row.y for above, row in pairwise(rows)]
    usual = min((distance for distance in distances if distance > 1), default=1.0)
    yield 0
    for distance in distances:
        yield min(max(round(distance / usual) - 1, 0), EMPTY_MAX)


def _without_numbers(lines: list[list[Word]]) -> list[list[Word]]:
    """Beside a listing its lines may be numbered: these are no part of it."""
    firsts = [line[0].text for line in lines]
    start = firsts[0]
    if len(lines) < NUMBERED_ROWS or not start.isdecimal():
        return lines
    expected = [str(int(start) + count) for count in range(len(lines))]
    return [line[1:] or line for line in lines] if firsts == expected else lines
