"""Looks closer at the best passages: does one sentence have what was asked?

Counts words by their weight, ln(1 + passages / passages that have it) among those looked at, and pairs of words that
stand beside each other. Words are compared by their beginnings, so it needs no rules of a language.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log

from ai_assist.chunking.passage import WORD
from ai_assist.chunking.sentences import units
from ai_assist.retrieval.stopwords import STOPWORDS

STEM = 6  # letters
SENTENCE_WEIGHT, PAIR_WEIGHT = 0.6, 0.2


def stems(text: str) -> list[str]:
    """The words that say something, cut to their beginnings."""
    words = (word.group().casefold() for word in WORD.finditer(text))
    return [stem(word) for word in words if word not in STOPWORDS]


def stem(word: str) -> str:
    for ending in ("ies", "es", "s"):
        if len(word) > len(ending) + 2 and word.endswith(ending) and not word.endswith("ss"):
            word = word.removesuffix(ending) + ("y" if ending == "ies" else "")
            break
    return word[:STEM]


class Question:
    """Its words and how much each weighs among these passages."""

    def __init__(self, question: str, passages: Sequence[str]) -> None:
        self.stems = stems(question)
        having = Counter(word for passage in passages for word in set(stems(passage)))
        self.weights = {word: log(1 + (len(passages) + 1) / (having[word] + 1)) for word in self.stems}

    def covered_by(self, text: str) -> float:
        """The share of its words that the text has, by weight."""
        total = sum(self.weights.values())
        there = set(stems(text))
        return sum(weight for word, weight in self.weights.items() if word in there) / total if total else 0.0

    def best_sentence(self, passage: str, above: str) -> float:
        """What is said above a passage counts for each of its sentences."""
        return max((self.covered_by(f"{above} {sentence}") for sentence in units(passage)), default=0.0)

    def pairs_in(self, passage: str) -> float:
        pairs = set(pairwise(self.stems))
        return len(pairs & set(pairwise(stems(passage)))) / len(pairs) if pairs else 0.0


def bonus(question: str, passages: Iterable[tuple[str, str]]) -> list[tuple[float, float]]:
    """For each passage, with what stands above it: what it gains in rank, and how much one sentence covers."""
    found = list(passages)
    asked = Question(question, [f"{above} {text}" for above, text in found])
    closer = []
    for above, text in found:
        coverage = asked.best_sentence(text, above)
        closer.append((SENTENCE_WEIGHT * coverage + PAIR_WEIGHT * asked.pairs_in(f"{above} {text}"), coverage))
    return closer
