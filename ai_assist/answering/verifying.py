"""Looks at what a chat model wrote, sentence by sentence: what rests on a source, what does not quite, what not at all.

A sentence has to name a source with a marker and to share most of its words with it. Numbers, dates and names that the
source does not have make it one that is not supported, and it says so. One that has hardly a word of any source, or
that shouts or leads to what none of them has, is left out, whoever made the model write it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ai_assist import rules
from ai_assist.answering.extractive import Quote
from ai_assist.chunking.sentences import KEPT, units
from ai_assist.retrieval import Hit
from ai_assist.retrieval.rerank import stems

MARKER = re.compile(r"\s?\[(\d{1,2})\]")
AFTER_THE_END = re.compile(r"([.!?…])((?:\s?\[\d{1,2}\])+)")
NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
NAME = re.compile(r"(?<=[^\s.!?:*_#>-] )[^\W\d_]*[A-ZÀ-ÖØ-Þ][^\W\d_]+|\b[A-Z][A-Z\d_-]+\b")
SHOUTED = re.compile(r"\b[A-Z]{4,}\b")
ADDRESS = re.compile(r"(?:https?:|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Verified:
    """`text` with the markers of `quotes`; how many sentences were left out; and whether any is supported."""

    text: str
    quotes: list[Quote]
    left_out: int
    is_supported: bool


def verified(text: str, hits: Sequence[Hit]) -> Verified:
    """Marker [n] of the text is hit n; those of the result count the quotes anew, in the order in which they come."""
    text = AFTER_THE_END.sub(r"\2\1", text)
    pieces: list[str] = []
    quotes: list[Quote] = []
    numbers: dict[int, int] = {}
    left_out, is_supported, position = 0, False, 0
    for unit in units(text):
        start = text.index(unit, position)
        gap, position = text[position:start], start + len(unit)
        cited = [number for number in _markers(unit) if number <= len(hits)]
        support = _support(unit, [hits[number - 1] for number in cited], hits)
        if support is None:
            left_out += 1
            continue
        is_supported = is_supported or support
        for number in cited:
            if number not in numbers:
                quotes.append(nearest_quote(unit, hits[number - 1]))
                numbers[number] = len(quotes)
        pieces += [gap, _marked(unit, [numbers[number] for number in cited], is_supported=support)]
    return Verified("".join(pieces).strip(), quotes, left_out, is_supported)


def nearest_quote(sentence: str, hit: Hit) -> Quote:
    """The part of the passage that says the same, exactly as it stands there."""
    wanted = set(stems(sentence))
    parts = [(chunk, part) for chunk in hit.chunks for part in units(chunk.text)]
    chunk, part = max(parts, key=lambda one: len(wanted & set(stems(one[1]))))
    return Quote(chunk, part)


def _support(unit: str, cited: Sequence[Hit], hits: Sequence[Hit]) -> bool | None:
    """Whether the sources bear it out; None when it has nothing to do with them."""
    if KEPT.fullmatch(unit):
        return _stands_in(unit, hits) or None
    words = stems(MARKER.sub("", unit))
    said = _said(cited or hits)
    foreign = [address for address in ADDRESS.findall(unit) if address.rstrip(".,;)") not in said]
    known = set(stems(said))
    share = sum(word in known for word in words) / len(words) if words else 1.0
    if foreign or share < rules.SHARED_WORDS_LEAST or not all(_has(said, word) for word in SHOUTED.findall(unit)):
        return None
    return bool(cited) and all(_has(said, fact) for fact in _facts(unit))


def _facts(unit: str) -> list[str]:
    bare = MARKER.sub("", unit)
    return NUMBER.findall(bare) + NAME.findall(bare)


def _has(said: str, fact: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fact)}(?!\w)", said, re.IGNORECASE) is not None


def _said(hits: Sequence[Hit]) -> str:
    return "\n".join(f"{hit.chunk.document.title}\n{hit.chunk.heading_path}\n{hit.text}" for hit in hits)


def _stands_in(block: str, hits: Sequence[Hit]) -> bool:
    """A block of code, a table or a formula, line by line."""
    said = {line.strip() for hit in hits for line in hit.text.splitlines()}
    inner = [line.strip() for line in block.splitlines() if not line.strip().startswith(("```", "$$"))]
    return all(line in said for line in inner if line)


def _markers(unit: str) -> list[int]:
    found = (int(number) for number in MARKER.findall(unit))
    return list(dict.fromkeys(number for number in found if number > 0))


def _marked(unit: str, numbers: Sequence[int], *, is_supported: bool) -> str:
    """Without the markers that it had, and with ours at its end; a block keeps its lines."""
    if KEPT.fullmatch(unit):
        return unit
    bare = MARKER.sub("", unit).rstrip()
    markers = "".join(f"[{number}]" for number in numbers)
    doubt = "" if is_supported else f" *({_('not supported by your sources')})*"
    return f"{bare} {markers}{doubt}" if markers else f"{bare}{doubt}"
