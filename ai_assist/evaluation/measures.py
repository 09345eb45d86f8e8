"""What is counted of each question, and the shares that come of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log2
from statistics import quantiles

DEPTH = 10


@dataclass(frozen=True)
class Outcome:
    """Of one question: at which place its paragraph was found (from 1), what held the answer (the passages found, those
    cited, the quotes), and what happened when its article was away."""

    place: int | None
    is_refused: bool
    is_in_found: bool
    is_in_cited: bool
    is_in_quotes: bool
    are_quotes_exact: bool
    is_refused_elsewhere: bool
    seconds: float


@dataclass(frozen=True)
class Measure:
    """`goal` is what it must reach; a share that must not pass it begins with `at_most`."""

    name: str
    value: float
    goal: float
    at_most: bool = False

    @property
    def is_met(self) -> bool:
        return self.value <= self.goal if self.at_most else self.value >= self.goal


def reciprocal(place: int | None) -> float:
    """Of the mean reciprocal rank."""
    return 1 / place if place else 0


def gain(place: int | None) -> float:
    """Discounted, as nDCG takes it where one passage is right."""
    return 1 / log2(place + 1) if place else 0


def measures(outcomes: Sequence[Outcome]) -> list[Measure]:
    def share(of: Callable[[Outcome], float]) -> float:
        return sum(map(of, outcomes)) / len(outcomes)

    return [
        Measure("hit@1", share(lambda o: o.place == 1), 0.80),
        Measure("hit@5", share(lambda o: o.place is not None and o.place <= 5), 0.95),
        Measure("hit@10", share(lambda o: o.place is not None), 0.95),
        Measure("MRR@10", share(lambda o: reciprocal(o.place)), 0.86),
        Measure("nDCG@10", share(lambda o: gain(o.place)), 0.89),
        Measure("quotes exact", share(lambda o: o.are_quotes_exact), 1),
        Measure("answer in passages found", share(lambda o: o.is_in_found), 0.93),
        Measure("answer in cited passages", share(lambda o: o.is_in_cited), 0.90),
        Measure("answer in quotes", share(lambda o: o.is_in_quotes), 0.85),
        Measure("refused, article away", share(lambda o: o.is_refused_elsewhere), 0.85),
        Measure("refused wrongly", share(lambda o: o.is_refused), 0.07, at_most=True),
    ]


def p95(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
