"""Vectors at Pinecone, or at whatever speaks its protocol: one index for each dimension, in it one namespace for each
generation.

Beside a vector stand its document and its scope, never a text. What was written may be seen a moment later only: so
nothing here is believed about rights, which are asked for again when the passages are loaded.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import batched
from typing import Any
from uuid import UUID

from django.conf import settings
from pinecone import Index, Pinecone, PineconeError
from pinecone.errors import ConflictError, NotFoundError, UnauthorizedError

from ai_assist.embedding import Vector
from ai_assist.models import IndexGeneration
from ai_assist.stores.store import Item, Near, StoreAway
from net.breaker import Breaker

AT_ONCE = 100
PATIENCE = 5.0  # seconds for one try; the SDK tries four times, which it lets nobody change
READY_WITHIN = 120  # seconds for a new index

breaker = Breaker()


class PineconeStore:
    def prepare(self, generation: IndexGeneration) -> None:
        name = index_name(generation.dimension)
        cloud, _, region = settings.PINECONE_REGION.partition(":")
        with answering():
            if client().indexes.exists(name):
                return
            try:
                client().indexes.create(
                    name=name,
                    schema={"fields": {"_values": dense(generation.dimension)}},
                    deployment={"deployment_type": "managed", "cloud": cloud, "region": region},
                    timeout=READY_WITHIN,
                )
            except ConflictError:
                return  # somebody else was faster

    def upsert(self, generation: IndexGeneration, items: Iterable[Item]) -> None:
        for some in batched(items, AT_ONCE):
            vectors = [
                (str(item.chunk), list(item.vector), {"document": item.document, "scope": item.scope}) for item in some
            ]
            with answering():
                index(generation).upsert(vectors=vectors, namespace=namespace(generation))

    def query(
        self,
        generation: IndexGeneration,
        vector: Vector,
        *,
        scopes: Collection[str],
        top_k: int,
        documents: Collection[int] | None = None,
    ) -> list[Near]:
        if not scopes or (documents is not None and not documents):
            return []
        among: dict[str, Any] = {"scope": {"$in": sorted(scopes)}}
        if documents is not None:
            among["document"] = {"$in": sorted(documents)}
        with answering():
            found = index(generation).query(
                top_k=top_k, vector=list(vector), namespace=namespace(generation), filter=among
            )
        return [Near(UUID(match.id), match.score) for match in found.matches]

    def scores(
        self, generation: IndexGeneration, vector: Vector, chunks: Collection[UUID], *, scopes: Collection[str]
    ) -> dict[UUID, float]:
        return {
            chunk: product(vector, values)
            for chunk, scope, values in self._fetched(generation, chunks)
            if scope in scopes
        }

    def known(self, generation: IndexGeneration, chunks: Collection[UUID]) -> set[UUID]:
        return {chunk for chunk, _, _ in self._fetched(generation, chunks)}

    def kept(self, generation: IndexGeneration) -> Iterator[list[UUID]]:
        pages = index(generation).list(namespace=namespace(generation))
        while True:
            with answering():
                page = next(pages, None)
            if page is None:
                return
            yield [UUID(vector.id) for vector in page.vectors]

    def delete(self, generation: IndexGeneration, chunks: Collection[UUID]) -> None:
        for some in batched(map(str, chunks), AT_ONCE):
            with answering():
                try:
                    index(generation).delete(ids=some, namespace=namespace(generation))
                except NotFoundError:
                    return  # no such index or namespace: nothing to take away

    def rescope(self, generation: IndexGeneration, document: int, scope: str) -> None:
        with answering():
            index(generation).update(
                filter={"document": {"$eq": document}},
                set_metadata={"scope": scope},
                namespace=namespace(generation),
            )

    def count(self, generation: IndexGeneration) -> int:
        with answering():
            spaces = index(generation).describe_index_stats().namespaces
        return spaces[namespace(generation)].vector_count if namespace(generation) in spaces else 0

    def drop(self, generation: IndexGeneration) -> None:
        """The index stays, it may hold other generations."""
        with answering():
            try:
                index(generation).delete_namespace(name=namespace(generation))
            except NotFoundError:
                return

    def _fetched(
        self, generation: IndexGeneration, chunks: Collection[UUID]
    ) -> Iterator[tuple[UUID, str, Sequence[float]]]:
        for some in batched(map(str, chunks), AT_ONCE):
            with answering():
                found = index(generation).fetch(ids=some, namespace=namespace(generation))
            for name, vector in found.vectors.items():
                yield UUID(name), str((vector.metadata or {}).get("scope")), vector.values


@contextmanager
def answering() -> Iterator[None]:
    """Raises StoreAway where the SDK has given up; after three times in a row at once, for some seconds."""
    if breaker.is_open:
        raise StoreAway("Pinecone failed three times in a row and is left alone for a moment")
    try:
        yield
    except NotFoundError as error:
        raise StoreAway(f"Pinecone has no such index: {error}") from error
    except UnauthorizedError as error:
        raise StoreAway("Pinecone does not take PINECONE_API_KEY") from error
    except PineconeError as error:
        breaker.failed()
        raise StoreAway(f"Pinecone does not answer: {type(error).__name__}: {error}") from error
    breaker.succeeded()


@cache
def connected(key: str, host: str) -> Pinecone:
    return Pinecone(api_key=key, host=host, timeout=PATIENCE)


@cache
def opened(pinecone: Pinecone, name: str) -> Index:
    return pinecone.index(name)


def client() -> Pinecone:
    """One for each process, shared by its threads."""
    if not settings.PINECONE_API_KEY:
        raise StoreAway("PINECONE_API_KEY is not set")
    return connected(settings.PINECONE_API_KEY, settings.PINECONE_HOST)


def index(generation: IndexGeneration) -> Index:
    return opened(client(), index_name(generation.dimension))


def index_name(dimension: int) -> str:
    return f"{settings.PINECONE_INDEX}-{dimension}"


def namespace(generation: IndexGeneration) -> str:
    """Two installations may share an index, and each takes away what it does not know."""
    return f"generation-{generation.pk}" + (f"-{generation.key.hex}" if generation.key else "")


def dense(dimension: int) -> dict[str, Any]:
    return {"type": "dense_vector", "dimension": dimension, "metric": "cosine"}


def product(one: Vector, other: Vector) -> float:
    """The cosine, of vectors of length 1."""
    return sum(a * b for a, b in zip(one, other, strict=True))
