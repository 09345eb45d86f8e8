"""Answers without a chat model: quotes the sentences nearest to the question, exactly as they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from ai_assist import rules
from ai_assist.chunking.sentences import KEPT, units
from ai_assist.models import Chunk
from ai_assist.retrieval import Hit
from ai_assist.retrieval.rerank import Question


@dataclass(frozen=True)
class Quote:
    """`text` is exactly a part of the passage's."""

    chunk: Chunk
    text: str


@dataclass(frozen=True)
class Answer:
    """Quotes, the most fitting first; or none, and then the titles of the documents that came nearest."""

    quotes: list[Quote]
    nearest: list[str]

    @property
    def is_refused(self) -> bool:
        return not self.quotes


@dataclass(frozen=True)
class Candidate:
    quote: Quote
    score: float


def answer(question: str, hits: Sequence[Hit]) -> Answer:
    """Up to `rules.QUOTES_SHOWN` sentences of the hits; code, formulas and tables as whole blocks."""
    if not is_answered_by(hits):
        return Answer([], nearest_titles(hits))
    asked = Question(question, [f"{above(chunk)} {chunk.text}" for hit in hits for chunk in hit.chunks])
    found = [candidate for hit in hits for candidate in candidates(asked, hit, best=hits[0].score)]
    found.sort(key=lambda candidate: -candidate.score)
    quotes: list[Quote] = []
    for candidate in found:
        if all(candidate.quote.text != quote.text for quote in quotes):
            quotes.append(candidate.quote)
        if len(quotes) == rules.QUOTES_SHOWN:
            break
    return Answer(quotes, [])


def is_answered_by(hits: Sequence[Hit]) -> bool:
    """Whether the best passages have to do with the question at all."""
    return any(
        hit.coverage >= rules.COVERAGE_ENOUGH or hit.dense >= rules.COSINE_ENOUGH for hit in hits[: rules.CITATIONS_MAX]
    )


def nearest_titles(hits: Sequence[Hit]) -> list[str]:
    """Of two documents."""
    return list(dict.fromkeys(hit.chunk.document.title for hit in hits))[:2]


def candidates(asked: Question, hit: Hit, *, best: float) -> list[Candidate]:
    """What can be quoted of a hit, by how well it fits and how good the hit is."""
    found = []
    for chunk in hit.chunks:
        parts = units(chunk.text)
        for part in parts:
            fits = asked.covered_by(part) + asked.pairs_in(part) / 2
            if KEPT.fullmatch(part) or len(parts) == 1:
                fits = max(fits, asked.covered_by(f"{above(chunk)} {part}"))
            found.append(Candidate(Quote(chunk, part), fits + rules.HIT_WEIGHT * hit.score / best))
    return found


def above(chunk: Chunk) -> str:
    return f"{chunk.document.title} {chunk.heading_path}"
