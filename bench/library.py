"""Fills a database with passages as a large library has them: words as common as in real texts, vectors in clusters."""

from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from django.utils import timezone
from pgvector.psycopg import register_vector

from accounts.models import User
from ai_assist import generations
from ai_assist.models import Document, IndexGeneration
from ai_assist.stores import store
from ai_assist.stores.pgvector import index_of

VOCABULARY = 40_000
PASSAGES = 30  # of a document
WORDS = (90, 180)  # of a passage
TOPICS = 200
SPREAD = 0.9  # of a passage around its topic; at 1 both are as far from it as from anywhere

Draw = np.random.Generator


def fill(passages: int) -> IndexGeneration:
    """One reader owns a document; all others are public."""
    draw = np.random.default_rng(7)
    keeper = User.objects.create_user("keeper")
    reader = User.objects.create_user("reader")
    generation = generations.current()
    count = max(passages // PASSAGES, 1)
    Document.objects.bulk_create(
        [_document(number, reader if number == 0 else keeper, private=number == 0) for number in range(count)],
        batch_size=1_000,
    )
    documents = list(Document.objects.order_by("pk").values_list("pk", "scope"))
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(f"DROP INDEX chunk_words, {index_of(generation)}")
        cursor.execute("CREATE TEMPORARY TABLE told (chunk uuid, document bigint, place int, scope text, said text)")
    _copy_texts(draw, documents)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO ai_assist_chunk (id, document_id, generation_id, ordinal, kind, text, heading_path, page_start,
                                         page_end, start, "end", tokens, scope, words)
            SELECT chunk, document, %s, place, 'prose', said, '', place + 1, place + 1, 0, 0, 150, scope,
                   to_tsvector('english', said) FROM told
            """,
            [generation.pk],
        )
        cursor.execute("CREATE INDEX chunk_words ON ai_assist_chunk USING gin (words)")
        cursor.execute("DROP TABLE told")
    _copy_vectors(draw, documents, generation)
    store(generation.store).prepare(generation)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE ai_assist_chunk")
        cursor.execute("VACUUM ANALYZE ai_assist_embedding")
        cursor.execute("VACUUM ANALYZE ai_assist_document")
    return generation


def words(draw: Draw, topic: int, count: int) -> list[str]:
    """Half of them as common as the n-th word of a language is (Zipf), half from those that the topic likes."""
    general = np.minimum(draw.zipf(1.15, count // 2), VOCABULARY)
    special = (topic * 157 + np.minimum(draw.zipf(1.3, count - count // 2), 2_000)) % VOCABULARY
    return [f"w{number}ord" for number in np.concatenate([general, special])]


def _copy_texts(draw: Draw, documents: list[tuple[int, str]]) -> None:
    with _bare().cursor() as cursor, cursor.copy("COPY told FROM STDIN") as copy:
        for document, scope in documents:
            for place, chunk in enumerate(_chunks(document)):
                said = words(draw, document % TOPICS, int(draw.integers(*WORDS)))
                copy.write_row((chunk, document, place, scope, " ".join(said)))


def _copy_vectors(draw: Draw, documents: list[tuple[int, str]], generation: IndexGeneration) -> None:
    centres = draw.normal(size=(TOPICS, generation.dimension)).astype(np.float32)
    columns = "chunk_id, generation_id, document_id, scope, vector"
    bare = _bare()
    register_vector(bare)
    with (
        bare.cursor() as cursor,
        cursor.copy(f"COPY ai_assist_embedding ({columns}) FROM STDIN WITH (FORMAT BINARY)") as copy,
    ):
        copy.set_types(["uuid", "int8", "int8", "varchar", "vector"])
        for document, scope in documents:
            near = SPREAD * draw.normal(size=(PASSAGES, generation.dimension)).astype(np.float32)
            vectors = centres[document % TOPICS] * (1 - SPREAD / 2) + near
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            for chunk, vector in zip(_chunks(document), vectors, strict=True):
                copy.write_row((chunk, generation.pk, document, scope, vector))


def _chunks(document: int) -> list[UUID]:
    return [UUID(f"{document:08x}-0000-4000-8000-{place:012x}") for place in range(PASSAGES)]


def _bare() -> Any:
    """The connection without Django, whose cursors know no COPY in binary."""
    connection.ensure_connection()
    return connection.connection


def _document(number: int, owner: User, *, private: bool) -> Document:
    return Document(
        owner=owner,
        title=f"Document {number}",
        filename=f"{number}.md",
        format="md",
        bytes=1,
        sha256=f"{number:064x}",
        audience="private" if private else "public",
        state="ready",
        chunks=PASSAGES,
        ready_at=timezone.now(),
    )
