"""What lies over the picture of a page: its text, line by line, so that it can be selected, and the passage marked."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from ai_assist.models import Page
from ai_assist.pageview.matching import matched
from ai_assist.parsing import Drawn, Placed

APART = 1.5
"""A gap of so many times its height ends a line: behind it begins another column or cell."""
ROOM = 0.15
"""Around marked words, of their height."""
BASELINE = 0.22
"""Of the height of a line, measured from below."""


class Line(NamedTuple):
    """In pixels of the picture; `y` is where its letters stand."""

    text: str
    x: float
    y: float
    width: float
    height: float


class Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float


class Layer(NamedTuple):
    lines: list[Line]
    marks: list[Box]


def layer(page: Page, drawing: Drawn, passage: str) -> Layer:
    """`passage` is "" where there is none on the page."""
    words = words_of(page, drawing)
    marked = matched([word.text for word in words], passage) if passage else []
    runs = (words[run.start : run.stop] for run in marked)
    return Layer(
        [_line(line) for line in _lines(words)],
        [_with_room(_around(line)) for run in runs for line in _lines(run)],
    )


def words_of(page: Page, drawing: Drawn) -> list[Placed]:
    """In pixels. Of a scan those that were recognised, whatever the file says besides."""
    across, down = drawing.width, drawing.height
    return [
        Placed(word.text, word.left * across, word.top * down, word.right * across, word.bottom * down)
        for word in (_apart(page.lines) if page.lines else drawing.words)
    ]


def _apart(lines: Sequence[dict[str, Any]]) -> Iterator[Placed]:
    """Only whole lines have a place: their words share it by their letters."""
    for line in (Placed(**said) for said in lines):
        words = line.text.split()
        step = (line.right - line.left) / max(len(" ".join(words)), 1)
        starts = accumulate((len(word) + 1 for word in words), initial=0)
        for word, start in zip(words, starts, strict=False):
            left = line.left + start * step
            yield Placed(word, left, line.top, left + len(word) * step, line.bottom)


def _lines(words: Sequence[Placed]) -> Iterator[Sequence[Placed]]:
    """Words in a row that stand behind each other."""
    start = 0
    for number, (word, after) in enumerate(pairwise(words), start=1):
        if not _goes_on(word, after):
            yield words[start:number]
            start = number
    if words:
        yield words[start:]


def _goes_on(word: Placed, after: Placed) -> bool:
    low, high = sorted((word.bottom - word.top, after.bottom - after.top))
    shared = min(word.bottom, after.bottom) - max(word.top, after.top)
    return shared >= low / 2 and -high < after.left - word.right < APART * high


def _line(words: Sequence[Placed]) -> Line:
    box = _around(words)
    text = " ".join(word.text for word in words)
    return Line(text, box.x, round(box.y + box.height * (1 - BASELINE), 1), box.width, box.height)


def _around(words: Sequence[Placed]) -> Box:
    left, top = min(word.left for word in words), min(word.top for word in words)
    right, bottom = max(word.right for word in words), max(word.bottom for word in words)
    return Box(*(round(side, 1) for side in (left, top, max(right - left, 1), max(bottom - top, 1))))


def _with_room(box: Box) -> Box:
    room = ROOM * box.height
    return Box(*(round(side, 1) for side in (box.x - room, box.y - room, box.width + 2 * room, box.height + 2 * room)))
