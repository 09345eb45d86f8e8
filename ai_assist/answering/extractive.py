"""Answers without a chat model: quotes the sentences nearest to the question, exactly as they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from ai_assist import rules
from ai_assist.answering.languages import is_in_another_language
from ai_assist.chunking.sentences import units
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
    if not is_answered_by(question, hits):
        return Answer([], nearest_titles(hits))
    asked = Question(question, [f"{above(chunk)} {chunk.text}" for hit in hits for chunk in hit.chunks])
    found = [candidate for hit in hits for part in hit.parts for candidate in candidates(asked, part, hits[0].score)]
    found.sort(key=lambda candidate: -candidate.score)
    quotes: list[Quote] = []
    for candidate in found:
        if all(candidate.quote.text != quote.text for quote in quotes):
            quotes.append(candidate.quote)
        if len(quotes) == rules.QUOTES_SHOWN:
            break
    return Answer(quotes, [])


def is_answered_by(question: str, hits: Sequence[Hit]) -> bool:
    """Whether one of the best passages has to do with the question at all; in another language by meaning alone."""
    best = hits[: rules.CITATIONS_MAX]
    if any(fits(hit) >= rules.FITS_ENOUGH for hit in best):
        return True
    return any(hit.is_near for hit in best) and is_in_another_language(question, [hit.text for hit in best])


def fits(hit: Hit) -> float:
    """By meaning, and half as much by words; by words alone where nobody could ask for the meaning."""
    return hit.dense + hit.coverage / 2 if hit.dense else hit.coverage


def nearest_titles(hits: Sequence[Hit]) -> list[str]:
    """Of two documents."""
    return list(dict.fromkeys(hit.chunk.document.title for hit in hits))[:2]


def candidates(asked: Question, hit: Hit, best: float) -> list[Candidate]:
    """What can be quoted of a passage, by how well it fits and how good the passage is."""
    weight = rules.HIT_WEIGHT * hit.score / best
    return [Candidate(Quote(hit.chunk, part), asked.covered_by(part) + weight) for part in units(hit.chunk.text)]


def above(chunk: Chunk) -> str:
    return f"{chunk.document.title} {chunk.heading_path}"
