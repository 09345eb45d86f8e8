"""A document has another title: its passages are found by the words of the new one at once, and then by its meaning."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import batched

from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat, Left
from django.utils import timezone

from ai_assist import rules
from ai_assist.embedding import EmbedderAway, embedder
from ai_assist.models import Chunk, Document, IndexGeneration, State
from ai_assist.passages import WORDS_LONGEST, embed, indexed_words, rescope
from ai_assist.stores import StoreAway, store

LOCK = 20_410_701
"""The number of this work, among locks that PostgreSQL keeps for a name; the other number is the document's."""


def retitle(pk: int) -> None:
    """The index knows the document by its title of today; that it was told is written last. Vectors cost time, so one
    worker does it at a time, and begins anew with the sweep when the title has changed meanwhile.

    Idempotent. Raises EmbedderAway and StoreAway.
    """
    with _alone(pk) as is_alone:
        document = Document.objects.filter(pk=pk, state=State.READY).first()
        if not is_alone or document is None or document.indexed_title == document.title:
            return
        ready = Document.objects.filter(pk=pk, state=State.READY)
        try:
            _tell(document)
        except (EmbedderAway, StoreAway):
            ready.update(retry_at=timezone.now() + rules.RETITLE_AFTER)
            raise


def _tell(document: Document) -> None:
    generations = list(IndexGeneration.objects.exclude(state=IndexGeneration.State.OLD).order_by("pk"))
    if not document.indexed_title:  # somebody was away: are they back, before all words are written again?
        _ask(document, generations)
    rows = Document.objects.filter(pk=document.pk)
    rows.update(indexed_title="")  # or a title that it had in between would stay behind
    for generation in generations:
        headings = Concat(Value(f"{document.title} "), F("heading_path"))
        words = indexed_words(headings, Left("text", WORDS_LONGEST), document.language)
        Chunk.objects.filter(document=document, generation=generation).update(words=words)
    if all(_embed_anew(document, generation) for generation in generations):
        rows.update(indexed_title=document.title)


def _ask(document: Document, generations: Iterable[IndexGeneration]) -> None:
    """Raises EmbedderAway and StoreAway."""
    for generation in generations:
        embedder(generation.embedder).question(document.title)
        some = Chunk.objects.filter(document=document, generation=generation).values_list("pk", flat=True)[:1]
        store(generation.store).known(generation, list(some))


def _embed_anew(document: Document, generation: IndexGeneration) -> bool:
    """False as soon as it has been for nothing."""
    chunks = Chunk.objects.filter(document=document, generation=generation).select_related("document")
    as_it_was = Document.objects.filter(pk=document.pk, state=State.READY, title=document.title)
    for some in batched(chunks.order_by("ordinal").iterator(), rules.EMBEDDED_AT_ONCE):
        embed(some, embedder(generation.embedder), generation)
        if as_it_was.exists():
            continue
        if not Document.objects.filter(pk=document.pk, state=State.READY).exists():
            store(generation.store).delete(generation, [chunk.pk for chunk in some])  # deleted meanwhile
        return False
    rescope(document.pk)  # it may have got other readers while their old ones were written
    return True


@contextmanager
def _alone(pk: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, pk])
        [is_alone] = cursor.fetchone()
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, pk])
