"""What every store of vectors can do, whoever runs it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from ai_assist.embedding import Vector
from ai_assist.models import IndexGeneration


class StoreAway(Exception):
    """The store does not answer now. What was asked may be asked again."""


@dataclass(frozen=True)
class Item:
    """The vector of a passage, and what it is found by."""

    chunk: UUID
    document: int
    scope: str
    vector: Vector


@dataclass(frozen=True)
class Near:
    """A passage and its cosine with the question."""

    chunk: UUID
    score: float


class Store(Protocol):
    """Generations never see each other's vectors. Everything may be done twice; all raise StoreAway.

    `scopes` has no default, so nobody forgets it; without any, nothing is found.
    """

    def prepare(self, generation: IndexGeneration) -> None:
        """Makes room for a new generation."""
        ...

    def upsert(self, generation: IndexGeneration, items: Iterable[Item]) -> None: ...

    def query(
        self,
        generation: IndexGeneration,
        vector: Vector,
        *,
        scopes: Collection[str],
        top_k: int,
        documents: Collection[int] | None = None,
    ) -> list[Near]:
        """The nearest passages, the nearest first; `documents` narrows it to these."""
        ...

    def scores(
        self, generation: IndexGeneration, vector: Vector, chunks: Collection[UUID], *, scopes: Collection[str]
    ) -> dict[UUID, float]:
        """Cosines of passages that something else has found."""
        ...

    def known(self, generation: IndexGeneration, chunks: Collection[UUID]) -> set[UUID]:
        """Those that have a vector already."""
        ...

    def kept(self, generation: IndexGeneration) -> Iterator[list[UUID]]:
        """All that have a vector, some at a time."""
        ...

    def delete(self, generation: IndexGeneration, chunks: Collection[UUID]) -> None: ...

    def rescope(self, generation: IndexGeneration, document: int, scope: str) -> None:
        """From now on the passages of the document are found in this scope only."""
        ...

    def count(self, generation: IndexGeneration) -> int: ...

    def drop(self, generation: IndexGeneration) -> None:
        """Nothing of the generation stays."""
        ...
