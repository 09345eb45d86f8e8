"""Packs the text of one section into passages that are about equally long."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from math import ceil

from ai_assist import rules
from ai_assist.chunking.passage import words_in
from ai_assist.chunking.sentences import units

SLACK = 1.25  # rather a paragraph in one piece than passages of one length
CLOSERS = "\"'”’»)]"
ENDS = (".", "!", "?", "…", "。", "！", "？", ":", ";")


@dataclass(frozen=True)
class Piece:
    """A block, or some sentences of one. `goes_on`: it continues the paragraph of the piece before it."""

    page: int
    place: int
    text: str
    is_whole: bool = False
    goes_on: bool = False


def packed(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """In order, each about as long as the others and none much longer than `rules.CHUNK_WORDS` words."""
    total = sum(words_in(piece.text) for piece in pieces)
    if not pieces:
        return
    wanted = total / ceil(total / (rules.CHUNK_WORDS * SLACK)) if total else 1
    now: list[Piece] = []
    length = 0
    for piece in _small(pieces, wanted):
        more = words_in(piece.text)
        if now and length + more / 2 > wanted:
            yield now
            now, length = [], 0
        now.append(piece)
        length += more
    yield now


def _small(pieces: Sequence[Piece], wanted: float) -> Iterator[Piece]:
    """Blocks as they are, but long ones sentence by sentence."""
    for piece in pieces:
        if piece.is_whole or words_in(piece.text) <= wanted:
            yield piece
            continue
        goes_on = piece.goes_on
        for sentence in units(piece.text):
            for part in _short(sentence):
                yield replace(piece, text=part, goes_on=goes_on)
                goes_on = True


def _short(sentence: str) -> Iterator[str]:
    """A text without any full stop is cut between words after all, but not where a formula or code may be."""
    if words_in(sentence) <= 2 * rules.CHUNK_WORDS or "$" in sentence or "`" in sentence:
        yield sentence
    elif len(sentence.split()) > rules.CHUNK_WORDS:
        for words in batched(sentence.split(), rules.CHUNK_WORDS):
            yield " ".join(words)
    else:
        for signs in batched(sentence, 2 * rules.CHUNK_WORDS):
            yield "".join(signs)


def unfinished(pieces: Sequence[Piece]) -> tuple[list[Piece], Piece] | None:
    """The pieces without their last sentence, and this, when it does not end; else None."""
    if not pieces or pieces[-1].is_whole or pieces[-1].text.rstrip(CLOSERS).endswith(ENDS):
        return None
    last = pieces[-1]
    tail = units(last.text)[-1]
    if words_in(tail) > rules.CHUNK_WORDS / 2:
        return None
    rest = last.text[: len(last.text) - len(tail)].rstrip()
    before = [*pieces[:-1], replace(last, text=rest)] if rest else list(pieces[:-1])
    return before, replace(last, text=tail, goes_on=False)
