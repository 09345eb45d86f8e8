"""What differs between two texts: words within lines. Pure functions; the work is bounded, whatever the texts are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

from markup.characters import show_directions

WORD = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")
CONTEXT = 2
"""Unchanged lines that are shown around a change."""
COMPARISONS_MAX = 250_000
"""Pairs of lines and words in two texts; what comes after is not compared but shown as taken out and put in."""


class Mark(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class Piece(NamedTuple):
    mark: Mark
    text: str


@dataclass(frozen=True)
class Line:
    """One line of both texts, or of one of them. `skipped` unchanged ones stand for themselves as a number."""

    pieces: tuple[Piece, ...] = ()
    skipped: int = 0

    @property
    def mark(self) -> str:
        """`same`, `added`, `removed`, or `changed` when it is a line of both."""
        marks = {piece.mark for piece in self.pieces}
        return str(marks.pop()) if len(marks) == 1 else "changed" if marks else "same"

    @property
    def before(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.mark != Mark.ADDED)

    @property
    def after(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.mark != Mark.REMOVED)


class Budget:
    """How many pairs may still be compared."""

    def __init__(self) -> None:
        self.left = COMPARISONS_MAX

    def allows(self, pairs: int) -> bool:
        """Spends them, if they are there."""
        is_enough = pairs <= self.left
        self.left -= pairs if is_enough else 0
        return is_enough


def difference(before: str, after: str) -> list[Line]:
    """Line by line; long stretches without a change are left out and counted."""
    old, new = (show_directions(text).splitlines() for text in (before, after))
    return list(_folded([*_lines(old, new)]))


def whole(text: str) -> list[Line]:
    """All of one text, unmarked."""
    return [_line(Mark.SAME, line) for line in show_directions(text).splitlines()]


def changed_characters(before: str, after: str) -> int:
    """How many were taken out or put in."""
    lines = _lines(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return sum(len(piece.text) for line in lines for piece in line.pieces if piece.mark != Mark.SAME)


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    budget = Budget()
    for old, new in _blocks(before, after, budget):
        if old == new:
            yield from (_line(Mark.SAME, line) for line in old)
            continue
        for removed, added in zip_longest(old, new):
            if removed is None:
                yield _line(Mark.ADDED, added)
            elif added is None:
                yield _line(Mark.REMOVED, removed)
            else:
                yield Line(tuple(_pieces(removed, added, budget)))


def _pieces(before: str, after: str, budget: Budget) -> Iterator[Piece]:
    for old, new in _blocks(WORD.findall(before), WORD.findall(after), budget):
        if old == new:
            yield Piece(Mark.SAME, "".join(old))
            continue
        if old:
            yield Piece(Mark.REMOVED, "".join(old))
        if new:
            yield Piece(Mark.ADDED, "".join(new))


def _blocks(
    before: Sequence[str], after: Sequence[str], budget: Budget
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Stretches of both, in order: equal ones, and what stands between them. Equal ends cost next to nothing."""
    head = _equal_from_the_start(before, after)
    tail = _equal_from_the_start(before[head:][::-1], after[head:][::-1])
    if head:
        yield before[:head], after[:head]
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if not budget.allows(len(old) * len(new)):
        yield old, new
    elif old or new:
        for _, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
            yield old[i:j], new[k:m]
    if tail:
        yield before[len(before) - tail :], after[len(after) - tail :]


def _equal_from_the_start(before: Sequence[str], after: Sequence[str]) -> int:
    count = 0
    for old, new in zip(before, after, strict=False):
        if old != new:
            break
        count += 1
    return count


def _folded(lines: list[Line]) -> Iterator[Line]:
    shown: set[int] = set()
    for number, line in enumerate(lines):
        if line.mark != Mark.SAME:
            shown.update(range(number - CONTEXT, number + CONTEXT + 1))
    skipped = 0
    for number, line in enumerate(lines):
        if number in shown:
            if skipped:
                yield Line(skipped=skipped)
            skipped = 0
            yield line
        else:
            skipped += 1
    if skipped:
        yield Line(skipped=skipped)


def _line(mark: Mark, text: str) -> Line:
    return Line((Piece(mark, text),))
