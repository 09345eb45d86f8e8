"""Builds a new generation of the index beside the one in use, and puts it in its place.

Meanwhile everything goes on: what is asked is answered from the old one, what is uploaded goes into it, and what is
deleted or gets other readers is told to both.
"""

from collections.abc import Iterator
from uuid import UUID

from django.db import IntegrityError, transaction

from ai_assist import chunking
from ai_assist.embedding import embedder
from ai_assist.models import Chunk, Document, IndexGeneration, State
from ai_assist.passages import embed_passages, page_texts, write_passages
from ai_assist.stores import store

CURRENT, BUILDING, OLD = (
    IndexGeneration.State.CURRENT,
    IndexGeneration.State.BUILDING,
    IndexGeneration.State.OLD,
)
DELETED_AT_ONCE = 1_000  # passages


def begin(embedder_name: str, store_name: str) -> IndexGeneration:
    """The generation to build: one that was begun and never finished, if it is of this kind, or a new one.

    Raises EmbedderAway and StoreAway.
    """
    begun = IndexGeneration.objects.filter(state=BUILDING).first()
    if begun and (begun.embedder, begun.store) == (embedder_name, store_name):
        store(begun.store).prepare(begun)
        return begun
    if begun:
        drop(begun)
    generation = IndexGeneration.objects.create(
        embedder=embedder_name, dimension=embedder(embedder_name).dimension, store=store_name, state=BUILDING
    )
    store(store_name).prepare(generation)
    return generation


def askable() -> list[int]:
    return list(Document.objects.filter(state=State.READY).order_by("pk").values_list("pk", flat=True))


def missing(generation: IndexGeneration) -> list[int]:
    """Documents that can be asked and have no passage in the generation."""
    there = Chunk.objects.filter(generation=generation).values("document")
    ready = Document.objects.filter(state=State.READY).exclude(pk__in=there)
    return list(ready.order_by("pk").values_list("pk", flat=True))


def build(pk: int, generation: IndexGeneration) -> None:
    """The passages of the document stand in the generation, each with its vector. Idempotent; vectors that are there
    already stay. Raises EmbedderAway and StoreAway."""
    document = Document.objects.filter(pk=pk, state=State.READY).first()
    if document is None:
        return
    chunks = Chunk.objects.filter(document=document, generation=generation)
    written: list[UUID] = []
    try:
        write_passages(document, generation, chunking.cut(document.title, page_texts(document)))
        written = list(chunks.values_list("pk", flat=True))
        for _ in embed_passages(chunks, generation):
            pass
    except IntegrityError:
        pass  # deleted meanwhile
    _catch_up(document, generation, written)


def _catch_up(document: Document, generation: IndexGeneration, written: list[UUID]) -> None:
    """With what happened to the document meanwhile: `rescope` and `purge` knew nothing of these passages yet. Only in
    this generation: the store of the old one may be what somebody is leaving."""
    scope = Document.objects.filter(pk=document.pk).values_list("scope", flat=True).first()
    if scope is None:
        store(generation.store).delete(generation, written)
    elif scope != document.scope:
        store(generation.store).rescope(generation, document.pk, scope)
        Chunk.objects.filter(document=document, generation=generation).update(scope=scope)
    Document.objects.filter(pk=document.pk).exclude(title=document.title).update(indexed_title=document.title)


def swap(generation: IndexGeneration) -> None:
    """From now on this one is searched, and what is uploaded goes into it."""
    with transaction.atomic():
        IndexGeneration.objects.filter(state=CURRENT).update(state=OLD)
        IndexGeneration.objects.filter(pk=generation.pk).update(state=CURRENT)


def drop_old() -> Iterator[str]:
    """Names each that is gone. Raises StoreAway; those that are left are dropped the next time."""
    for generation in IndexGeneration.objects.filter(state=OLD).order_by("pk"):
        name = str(generation)
        drop(generation)
        yield name


def drop(generation: IndexGeneration) -> None:
    """Vectors first: a passage whose row is gone is shown to nobody, but a vector without a row is never deleted."""
    store(generation.store).drop(generation)
    passages = Chunk.objects.filter(generation=generation)
    while some := list(passages.values_list("pk", flat=True)[:DELETED_AT_ONCE]):
        Chunk.objects.filter(pk__in=some).delete()
    generation.delete()
