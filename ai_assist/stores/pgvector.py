"""Vectors in PostgreSQL, by its extension pgvector: what Cairn uses unless told otherwise.

Each generation has an HNSW index of its own. Where a condition leaves few passages, these are compared one by one:
the index would walk past all others to find them.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum

from ai_assist.embedding import Vector
from ai_assist.models import Document, Embedding, IndexGeneration
from ai_assist.stores.store import Item, Near

BATCH = 100
KEPT_AT_ONCE = 1_000  # ids
LOOKED_AT = 100  # candidates that HNSW keeps while it searches (`ef_search`): more find better and take longer
ONE_BY_ONE_UP_TO = 10_000  # passages

# Without strict order a filtered search came back short for 290 of 300 questions. Both hold in this transaction.
SEARCH_WELL = (
    "SELECT set_config('hnsw.iterative_scan', 'strict_order', true), set_config('hnsw.ef_search', %s::text, true)"
)
BY_INDEX = """
    SELECT chunk_id, 1 - ((vector::vector({dimension})) <=> %(vector)s::vector({dimension}))
      FROM ai_assist_embedding
     WHERE generation_id = {generation} AND scope = ANY(%(scopes)s) {among}
     ORDER BY (vector::vector({dimension})) <=> %(vector)s::vector({dimension})
     LIMIT %(top)s
"""
ONE_BY_ONE = """
    SELECT chunk_id, 1 - (vector <=> %(vector)s::vector) AS score
      FROM (SELECT chunk_id, vector FROM ai_assist_embedding
             WHERE {which} AND generation_id = %(generation)s AND scope = ANY(%(scopes)s) OFFSET 0) AS few
     ORDER BY score DESC, chunk_id
     LIMIT %(top)s
"""  # OFFSET 0: the condition first, whatever the planner believes


class PgVector:
    def prepare(self, generation: IndexGeneration) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {index_of(generation)} ON ai_assist_embedding"
                f" USING hnsw ((vector::vector({int(generation.dimension)})) vector_cosine_ops)"
                f" WHERE generation_id = {int(generation.pk)}"
            )

    def upsert(self, generation: IndexGeneration, items: Iterable[Item]) -> None:
        for some in batched(items, BATCH):
            Embedding.objects.bulk_create(
                [
                    Embedding(
                        chunk_id=item.chunk,
                        generation=generation,
                        document_id=item.document,
                        scope=item.scope,
                        vector=item.vector,
                    )
                    for item in some
                ],
                update_conflicts=True,
                unique_fields=["chunk"],
                update_fields=["scope", "vector"],
            )

    def query(
        self,
        generation: IndexGeneration,
        vector: Vector,
        *,
        scopes: Collection[str],
        top_k: int,
        documents: Collection[int] | None = None,
    ) -> list[Near]:
        values = {"vector": written(vector), "scopes": list(scopes), "top": top_k}
        among = ""
        if documents is not None:
            values |= {"generation": generation.pk, "documents": list(documents)}
            if _are_few(documents):
                return _near(ONE_BY_ONE.format(which="document_id = ANY(%(documents)s)"), values)
            among = "AND document_id = ANY(%(documents)s)"
        sql = BY_INDEX.format(dimension=int(generation.dimension), generation=int(generation.pk), among=among)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(SEARCH_WELL, [max(LOOKED_AT, top_k)])
            return _near(sql, values)

    def scores(
        self, generation: IndexGeneration, vector: Vector, chunks: Collection[UUID], *, scopes: Collection[str]
    ) -> dict[UUID, float]:
        values = {"vector": written(vector), "scopes": list(scopes), "top": len(chunks)}
        found = _near(
            ONE_BY_ONE.format(which="chunk_id = ANY(%(chunks)s)"),
            values | {"generation": generation.pk, "chunks": list(chunks)},
        )
        return {near.chunk: near.score for near in found}

    def known(self, generation: IndexGeneration, chunks: Collection[UUID]) -> set[UUID]:
        found = Embedding.objects.filter(generation=generation, chunk__in=chunks)
        return set(found.values_list("chunk", flat=True))

    def kept(self, generation: IndexGeneration) -> Iterator[list[UUID]]:
        found = Embedding.objects.filter(generation=generation).values_list("chunk", flat=True)
        yield from map(list, batched(found.iterator(chunk_size=KEPT_AT_ONCE), KEPT_AT_ONCE))

    def delete(self, generation: IndexGeneration, chunks: Collection[UUID]) -> None:
        Embedding.objects.filter(generation=generation, chunk__in=chunks).delete()

    def rescope(self, generation: IndexGeneration, document: int, scope: str) -> None:
        Embedding.objects.filter(generation=generation, document=document).update(scope=scope)

    def count(self, generation: IndexGeneration) -> int:
        return Embedding.objects.filter(generation=generation).count()

    def drop(self, generation: IndexGeneration) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS {index_of(generation)}")
            Embedding.objects.filter(generation=generation).delete()


def _are_few(documents: Collection[int]) -> bool:
    passages = Document.objects.filter(pk__in=documents).aggregate(count=Sum("chunks"))["count"]
    return (passages or 0) <= ONE_BY_ONE_UP_TO


def index_of(generation: IndexGeneration) -> str:
    return f"embedding_near_{int(generation.pk)}"


def written(vector: Vector) -> str:
    """As pgvector reads it."""
    return f"[{','.join(map(repr, map(float, vector)))}]"


def _near(sql: str, values: dict[str, Any]) -> list[Near]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Near(chunk, score) for chunk, score in cursor.fetchall()]
