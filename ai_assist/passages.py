"""Passages as rows: written for one generation of the index, and what is older taken away with its vectors."""

from collections.abc import Iterator, Sequence
from itertools import batched
from uuid import UUID, uuid5

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Expression, Value
from django.db.models.expressions import CombinedExpression

from ai_assist import rules
from ai_assist.chunking import PageText, Passage
from ai_assist.embedding import Embedder, embedder
from ai_assist.models import Chunk, Document, IndexGeneration
from ai_assist.models.chunk import ChunkQuerySet
from ai_assist.parsing import Block
from ai_assist.stores import Item, store

NAMESPACE = UUID("6f1d0a52-6c7e-4f5b-9a34-3f4b6f0f7c11")
WORDS_LONGEST = 100_000
"""Characters of a passage, which may be one long fence: PostgreSQL keeps no more than a megabyte of words."""


def page_texts(document: Document) -> Iterator[PageText]:
    """The pages of a document that have been read, in order."""
    for page in document.page_set.filter(needs_ocr=False).order_by("number").iterator():
        yield PageText(page.number, page.label, [Block(**block) for block in page.blocks])


def write_passages(document: Document, generation: IndexGeneration, passages: Sequence[Passage]) -> None:
    """These and no others are the passages of the document in this generation. Writing them again changes nothing.

    Raises StoreAway when vectors of old ones cannot be taken away; then no row is changed.
    """
    chunks = {chunk.pk: chunk for chunk in _chunks(document, generation, passages)}
    written = Chunk.objects.filter(document=document, generation=generation)
    stale = list(written.exclude(pk__in=chunks).values_list("pk", flat=True))
    if stale:
        store(generation.store).delete(generation, stale)
    with transaction.atomic():
        written.filter(pk__in=stale).delete()
        Chunk.objects.bulk_create(chunks.values(), batch_size=200, ignore_conflicts=True)


def embed_passages(chunks: ChunkQuerySet, generation: IndexGeneration) -> Iterator[int]:
    """Puts the vectors of those into the store that it does not have yet; says after some how many are done.

    Raises EmbedderAway and StoreAway.
    """
    vectors, model = store(generation.store), embedder(generation.embedder)
    done = 0
    for some in batched(chunks.select_related("document").order_by("ordinal").iterator(), rules.EMBEDDED_AT_ONCE):
        known = vectors.known(generation, [chunk.pk for chunk in some])
        embed([chunk for chunk in some if chunk.pk not in known], model, generation)
        done += len(some)
        yield done


def embed(chunks: Sequence[Chunk], model: Embedder, generation: IndexGeneration) -> None:
    """Their vectors take the place of those that are there. Raises EmbedderAway and StoreAway."""
    made = model.passages([indexed_text(chunk.document.title, chunk.heading_path, chunk.text) for chunk in chunks])
    pairs = zip(chunks, made, strict=True)
    items = [Item(chunk.pk, chunk.document_id, chunk.scope, vector) for chunk, vector in pairs]
    store(generation.store).upsert(generation, items)


def rescope(pk: int) -> None:
    """Tells the index who may find the passages of a document today; that it was told is written last.

    Idempotent. Raises StoreAway.
    """
    document = Document.objects.filter(pk=pk).first()
    if document is None:
        return
    for generation in IndexGeneration.objects.exclude(state=IndexGeneration.State.OLD).order_by("pk"):
        store(generation.store).rescope(generation, document.pk, document.scope)
    Chunk.objects.filter(document=document).exclude(scope=document.scope).update(scope=document.scope)
    Document.objects.filter(pk=pk).update(indexed_scope=document.scope)


def indexed_text(title: str, heading_path: str, text: str) -> str:
    """What is embedded: a passage with the words above it, which it takes for granted."""
    above = " > ".join(part for part in (title, heading_path) if part)
    return f"{above}\n{text}"


def indexed_words(headings: Expression, text: Expression, language: str) -> CombinedExpression:
    """What is looked up: title and headings before the text below them."""
    return SearchVector(headings, config=language, weight="A") + SearchVector(text, config=language, weight="D")


def _chunks(document: Document, generation: IndexGeneration, passages: Sequence[Passage]) -> Iterator[Chunk]:
    for ordinal, passage in enumerate(passages):
        name = f"{document.pk}:{generation.pk}:{ordinal}:{passage.heading_path}:{passage.text}"
        headings = Value(f"{document.title} {passage.heading_path}")
        yield Chunk(
            id=uuid5(NAMESPACE, name),
            document=document,
            generation=generation,
            ordinal=ordinal,
            kind=passage.kind,
            text=passage.text,
            heading_path=passage.heading_path[: rules.HEADING_PATH_MAX],
            page_start=passage.page_start,
            page_end=passage.page_end,
            start=passage.start,
            end=passage.end,
            tokens=passage.tokens,
            scope=document.scope,
            words=indexed_words(headings, Value(passage.text[:WORDS_LONGEST]), document.language),
        )
