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
from ai_assist.chunking.passage import WORD
from ai_assist.chunking.sentences import KEPT, units
from ai_assist.retrieval import Hit
from ai_assist.retrieval.rerank import stem, stems
from ai_assist.retrieval.stopwords import STOPWORDS

MARKER = re.compile(r"\s?\[(\d{1,2})\]")
AFTER_THE_END = re.compile(r"([.!?…])((?:\s?\[\d{1,2}\])+)")
NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
NAME = re.compile(r"(?<=[^\s.!?:*_#>-] )[^\W\d_]*[A-ZÀ-ÖØ-Þ][^\W\d_]+|\b[A-Z][A-Z\d_-]+\b")
FIRST_WORD = re.compile(r"[\W\d_]*([^\W\d_]{2,})")
OPENING = frozenset(
    """
    according additionally altogether based currently finally first furthermore hence initially later moreover next
    originally overall second similarly specifically therefore third thus today together
    """.split()  # noqa: SIM905  a list of 20 strings, one a line, would say no more
)
"""Words that begin a sentence and need not stand in any source."""
SHOUTED = re.compile(r"\b[A-Z]{4,}\b")
ADDRESS = re.compile(r"(?:https?:|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Verified:
    """`text` with the markers of `quotes`; how many sentences were left out; and whether any is supported."""

    text: str
    quotes: list[Quote]
    left_out: int
    is_supported: bool


def verified(text: str, hits: Sequence[Hit], question: str = "") -> Verified:
    """Marker [n] of the text is hit n; those of the result count the quotes anew, in the order in which they come. A
    block without one gets that of the source in which it stands.
    """
    text = AFTER_THE_END.sub(r"\2\1", text)
    pieces: list[str] = []
    quotes: list[Quote] = []
    numbers: dict[int, int] = {}
    left_out, is_supported, position = 0, False, 0
    for unit in units(text):
        start = text.index(unit, position)
        gap, position = text[position:start], start + len(unit)
        cited = [number for number in _markers(unit) if number <= len(hits)]
        is_block = bool(KEPT.fullmatch(unit))
        if is_block:
            cited = [number for number, hit in enumerate(hits, start=1) if _stands_in(unit, hit)][:1]
        support = bool(cited) or None if is_block else _support(unit, [hits[n - 1] for n in cited], hits, question)
        if support is None:
            left_out += 1
            continue
        is_new = any(number not in numbers for number in cited)
        is_supported = is_supported or support
        for number in cited:
            if number not in numbers:
                quotes.append(nearest_quote(unit, hits[number - 1]))
                numbers[number] = len(quotes)
        if is_block:
            pieces += [gap, unit, *(f"\n\n[{numbers[number]}]" for number in cited if is_new)]
        else:
            pieces += [gap, _marked(unit, [numbers[number] for number in cited], is_supported=support)]
    return Verified("".join(pieces).strip(), quotes, left_out, is_supported)


def nearest_quote(sentence: str, hit: Hit) -> Quote:
    """The part of the passage that says the same, exactly as it stands there."""
    wanted = set(stems(sentence))
    parts = [(chunk, part) for chunk in hit.chunks for part in units(chunk.text)]
    chunk, part = max(parts, key=lambda one: len(wanted & set(stems(one[1]))))
    return Quote(chunk, part)


def _support(unit: str, cited: Sequence[Hit], hits: Sequence[Hit], question: str) -> bool | None:
    """Whether the sources bear it out; None when it has nothing to do with them."""
    said = _said(cited or hits)
    foreign = [address for address in ADDRESS.findall(unit) if address.rstrip(".,;)") not in said]
    if (
        foreign
        or _share(unit, said) < rules.SHARED_WORDS_LEAST
        or not all(_has(said, word) for word in SHOUTED.findall(unit))
    ):
        return None
    if not cited or _begins_with_a_name(unit, f"{said}\n{question}"):
        return False
    return all(_has(said, fact) for fact in _facts(unit))


def _share(unit: str, said: str) -> float:
    """Of its words, how many are said; a word that only begins like one of these may be a little longer."""
    longest: dict[str, int] = {}
    for word in _words(said):
        longest[stem(word)] = max(len(word), longest.get(stem(word), 0))
    words = _words(MARKER.sub("", unit))
    known = [
        word for word in words if len(word) <= longest.get(stem(word), -rules.ENDING_LONGEST) + rules.ENDING_LONGEST
    ]
    return len(known) / len(words) if words else 1.0


def _words(text: str) -> list[str]:
    """Those that say something."""
    found = (word.group().casefold() for word in WORD.finditer(text))
    return [word for word in found if word not in STOPWORDS]


def _facts(unit: str) -> list[str]:
    bare = MARKER.sub("", unit)
    return NUMBER.findall(bare) + NAME.findall(bare)


def _begins_with_a_name(unit: str, said: str) -> bool:
    """Any word is large where a sentence begins: so one that is said nowhere, however it is written."""
    first = FIRST_WORD.match(unit)
    word = first.group(1) if first else ""
    return (
        word[:1].isupper() and word.casefold() not in STOPWORDS | OPENING and not set(stems(word)) <= set(stems(said))
    )


def _has(said: str, fact: str) -> bool:
    """As a whole word: 5 is no part of 3.5 or 5,000; but 1871 is one of 4.5.1871."""
    alone = rf"(?<!\w)(?:(?<!\d[.,])|(?<=\.\d\.)|(?<=\.\d\d\.)){re.escape(fact)}(?!\w|[.,]\d)"
    return re.search(alone, said, re.IGNORECASE) is not None


def _said(hits: Sequence[Hit]) -> str:
    return "\n".join(f"{hit.chunk.document.title}\n{hit.chunk.heading_path}\n{hit.text}" for hit in hits)


def _stands_in(block: str, hit: Hit) -> bool:
    """A block of code, a table or a formula, line by line."""
    said = {line.strip() for line in hit.text.splitlines()}
    inner = [line.strip() for line in block.splitlines() if not line.strip().startswith(("```", "$$"))]
    return all(line in said for line in inner if line)


def _markers(unit: str) -> list[int]:
    found = (int(number) for number in MARKER.findall(unit))
    return list(dict.fromkeys(number for number in found if number > 0))


def _marked(unit: str, numbers: Sequence[int], *, is_supported: bool) -> str:
    """Without the markers that it had, and with ours at its end."""
    bare = MARKER.sub("", unit).rstrip()
    markers = "".join(f"[{number}]" for number in numbers)
    doubt = "" if is_supported else f" *({_('not supported by your sources')})*"
    return f"{bare} {markers}{doubt}" if markers else f"{bare}{doubt}"
