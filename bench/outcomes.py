"""How good the answer to one question was, told by the article it is about, and the shares that come of many."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any
from uuid import UUID

from ai_assist.evaluation.measures import gain, p95, reciprocal

BESIDE = 15  # characters


@dataclass(frozen=True)
class Outcome:
    """Of one question: `place` of a passage with its answer among those that were found (from 1)."""

    place: int | None
    is_in_quotes: bool
    is_refused: bool
    places_right: list[bool]
    seconds: float


def outcome(uuid: UUID, dataset: Any, asked: Any, own: int, seconds: float) -> Outcome:
    from ai_assist.models import Chunk, Message
    from bench.articles import parts, plain

    message = Message.objects.get(uuid=uuid)
    article = dataset.articles[asked.article]
    evidence = around(plain(article.paragraphs[asked.page - 1]), [plain(given) for given in asked.answers])
    found = [UUID(one["chunk"]) for one in message.retrieval["passages"]]
    chunks = Chunk.objects.in_bulk(found)
    places = (
        n
        for n, pk in enumerate(found, 1)
        if chunks[pk].document_id == own and any(words in plain(chunks[pk].text) for words in evidence)
    )
    citations = list(message.citations.select_related("document"))
    where = {plain(text): part for part in parts(article) for text in part.paragraphs}
    right = []
    for citation in citations:
        true = {part.number for text, part in where.items() if plain(citation.quote) in text}
        if citation.document_id == own and true:
            said = citation.page if citation.document.is_paged else last_number(citation.heading_path)
            right.append(said in true)
    return Outcome(
        place=next(places, None),
        is_in_quotes=any(plain(given) in plain(citation.quote) for given in asked.answers for citation in citations),
        is_refused=message.state != Message.State.DONE,
        places_right=right,
        seconds=seconds,
    )


def around(paragraph: str, answers: list[str]) -> list[str]:
    """Each place where an answer stands, with the words beside it: a passage without these is another one."""
    return [
        paragraph[max(found.start() - BESIDE, 0) : found.end() + BESIDE]
        for given in answers
        for found in re.finditer(re.escape(given), paragraph)
    ]


def last_number(text: str) -> int:
    """-1 where there is none."""
    found = re.findall(r"\d+", text)
    return int(found[-1]) if found else -1


def share(of: Callable[[Outcome], float]) -> Callable[[list[Outcome]], str]:
    return lambda outcomes: f"{sum(map(of, outcomes)) / len(outcomes):.3f}"


def right(outcomes: list[Outcome]) -> str:
    every = [is_right for outcome in outcomes for is_right in outcome.places_right]
    return f"{sum(every) / len(every):.3f}"


MEASURES: list[tuple[str, str, Callable[[list[Outcome]], str]]] = [
    ("hit@1", "≥ .80", share(lambda o: o.place == 1)),
    ("hit@5", "≥ .95", share(lambda o: o.place is not None and o.place <= 5)),
    ("MRR", "≥ .86", share(lambda o: reciprocal(o.place))),
    ("nDCG", "≥ .89", share(lambda o: gain(o.place))),
    ("answer in quotes", "≥ .85", share(lambda o: o.is_in_quotes)),
    ("page or section right", "≥ .98", right),
    ("refused", "", share(lambda o: o.is_refused)),
    ("p50", "", lambda outcomes: f"{median(o.seconds for o in outcomes):.2f} s"),
    ("p95", "≤ 1.5 s", lambda outcomes: f"{p95([o.seconds for o in outcomes]):.2f} s"),
]
