"""Finds the words of a passage among the words of a page. Pure Python.

Compared are letters and digits alone, run together: so hyphens at the ends of lines, ligatures, white space and the
signs of Markdown make no difference. What stands between the parts of a passage, like the foot of a column or of a
page, is left out.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from unicodedata import normalize

SURE = 24
"""So many letters in a row are no coincidence; a shorter passage is looked for as a whole."""
_WORD = re.compile(r"\S+")


def spans(text: str) -> list[range]:
    """Where each word of a text is."""
    return [range(*found.span()) for found in _WORD.finditer(text)]


def matched(words: Sequence[str], passage: str) -> list[range]:
    """Which of the words are the passage: runs of them, in order."""
    bare = [_bare(word) for word in words]
    ends = list(accumulate(len(word) for word in bare))
    hits = [0] * len(words)
    for found in _runs("".join(bare), [_bare(word) for word in passage.split()]):
        _count(hits, ends, found)
    marked = [number for number, word in enumerate(bare) if word and 2 * hits[number] >= len(word)]
    return list(_joined(marked, bare))


def _bare(word: str) -> str:
    return "".join(sign for sign in normalize("NFKC", word).casefold() if sign.isalnum())


def _runs(page: str, wanted: Sequence[str]) -> Iterator[range]:
    """Places in the page; after each the search goes on behind it, and anywhere only where there is nothing."""
    passage = "".join(wanted)
    starts = sorted({0, *accumulate(len(word) for word in wanted)})
    at = behind = 0
    while at < len(passage):
        seed = passage[at : at + SURE]
        place = -1
        if len(seed) == min(SURE, len(passage)):
            place = page.find(seed, behind)
            place = page.find(seed) if place < 0 else place
        length = _common(page, place, passage, at) if place >= 0 else 0
        if length:
            yield range(place, place + length)
            behind = place + length
        at = next((start for start in starts if start >= at + max(length, 1)), len(passage))


def _common(page: str, place: int, passage: str, at: int) -> int:
    length = 0
    for one, other in zip(page[place : place + len(passage) - at], passage[at:], strict=False):
        if one != other:
            break
        length += 1
    return length


def _count(hits: list[int], ends: Sequence[int], found: range) -> None:
    """How many letters of each word were found."""
    place = found.start
    while place < found.stop:
        number = bisect_right(ends, place)
        until = min(ends[number], found.stop)
        hits[number] += until - place
        place = until


def _joined(marked: Sequence[int], bare: Sequence[str]) -> Iterator[range]:
    """Signs between two marked words are marked with them."""
    start = last = None
    for number in marked:
        if start is None or last is None:
            start = number
        elif any(bare[last + 1 : number]):
            yield range(start, last + 1)
            start = number
        last = number
    if start is not None and last is not None:
        yield range(start, last + 1)
