"""Whether a question is written in another language than the passages that came nearest to it."""

import unicodedata
from collections import Counter
from collections.abc import Iterable

from ai_assist.chunking.passage import WORD
from ai_assist.retrieval.stopwords import STOPWORDS

SHARED_LEAST = 0.5
"""Of the small words of a question that texts in its language have, too."""


def is_in_another_script(question: str, texts: Iterable[str]) -> bool:
    """Arabic letters over Latin ones, say: then no word of it can be found."""
    asked = _scripts(question)
    return bool(asked) and asked.most_common(1)[0][0] not in _scripts(" ".join(texts))


def is_in_another_language(question: str, texts: Iterable[str]) -> bool:
    """A guess, that is wrong now and then where the script is the same."""
    text = " ".join(texts)
    if is_in_another_script(question, [text]):
        return True
    small = _words(question) & STOPWORDS
    return bool(small) and len(small & _words(text)) / len(small) < SHARED_LEAST


def _scripts(text: str) -> Counter[str]:
    """How many letters of each: the first word of a letter's name says it."""
    return Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())


def _words(text: str) -> set[str]:
    return {word.group().casefold() for word in WORD.finditer(text)}
