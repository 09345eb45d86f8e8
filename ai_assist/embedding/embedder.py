"""What every embedder can do."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

Vector = Sequence[float]


class EmbedderAway(Exception):
    """No vectors now: the model is missing or changed, or a remote one does not answer."""


class Embedder(Protocol):
    """Vectors of texts, all of length 1, so that the product of two is their cosine. May be called by threads."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    @property
    def unrelated(self) -> float:
        """The cosine of texts that have nothing in common: how well a passage fits is counted from there."""
        ...

    @property
    def across(self) -> float:
        """From this cosine on a passage answers a question in another language, whose words it cannot have. 2: never,
        it does not understand other languages."""
        ...

    def passages(self, texts: Iterable[str]) -> Iterator[Vector]:
        """One vector for each, in their order, as soon as it is ready. Raises EmbedderAway."""
        ...

    def question(self, text: str) -> Vector:
        """Raises EmbedderAway."""
        ...
