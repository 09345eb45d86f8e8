"""Answers without a chat model: quotations as Markdown, each for itself with its marker."""

import re
from collections.abc import Sequence

from ai_assist.answering.extractive import Quote, answer
from ai_assist.answering.written import Written
from ai_assist.chunking.sentences import INLINE, KEPT
from ai_assist.models import Message
from ai_assist.retrieval import Hit

LIKE_A_MARKER = re.compile(r"\[(?=\d{1,2}\])")


def passages(question: str, hits: Sequence[Hit], note: str = "") -> Written:
    """The closest of them are the answer."""
    quotes = answer(question, hits).quotes
    return Written(Message.State.DONE, hits, quoted(quotes), quotes, note=note)


def quoted(quotes: Sequence[Quote]) -> str:
    return "\n\n".join(_quotation(number, quote.text) for number, quote in enumerate(quotes, start=1))


def _quotation(number: int, text: str) -> str:
    """The marker of a sentence ends it; that of a block stands below."""
    if KEPT.fullmatch(text):
        return _indented(f"{text}\n\n[{number}]")
    return _indented(f"{_without_markers(text)} [{number}]")


def _indented(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _without_markers(text: str) -> str:
    """A document has references of its own, which are none of ours."""
    parts, position = [], 0
    for kept in INLINE.finditer(text):
        parts += [LIKE_A_MARKER.sub(r"\\[", text[position : kept.start()]), kept.group()]
        position = kept.end()
    return "".join([*parts, LIKE_A_MARKER.sub(r"\\[", text[position:])])
