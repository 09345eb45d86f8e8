"""Each night rows and vectors are compared, for a store may lose some, or keep what it was told to take away."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache

from ai_assist.models import Chunk, Document, IndexGeneration, State
from ai_assist.passages import embed_passages
from ai_assist.stores import Store, store

LAST = "ai_assist:mended"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mended:
    """How many vectors were missing, and how many belonged to nothing."""

    lost: int = 0
    strange: int = 0


def reconcile() -> Mended:
    """Afterwards each passage that can be asked has its vector in the generation in use, and there is no other vector.

    Idempotent. Raises EmbedderAway and StoreAway.
    """
    generation = IndexGeneration.objects.filter(state=IndexGeneration.State.CURRENT).first()
    if generation is None:
        return Mended()
    vectors = store(generation.store)
    strange = _forget_strangers(vectors, generation)
    mended = Mended(sum(_put_back(pk, generation, vectors) for pk in _askable()), strange)
    cache.set(LAST, (mended.lost, mended.strange), timeout=None)
    if mended != Mended():
        logger.warning("%s: %s vectors were lost, %s belonged to nothing", generation, mended.lost, mended.strange)
    return mended


def last_mended() -> Mended:
    """What the last comparison found, since the cache was emptied."""
    return Mended(*cache.get(LAST, ()))


def _forget_strangers(vectors: Store, generation: IndexGeneration) -> int:
    """How many had no row: their vectors are gone."""
    strange: set[UUID] = set()
    for some in vectors.kept(generation):
        strange.update(some)
        strange.difference_update(Chunk.objects.filter(pk__in=some).values_list("pk", flat=True))
    if strange:
        vectors.delete(generation, strange)
    return len(strange)


def _put_back(document: int, generation: IndexGeneration, vectors: Store) -> int:
    """Asked for each by itself, for some were finished while all were listed."""
    chunks = Chunk.objects.filter(document=document, generation=generation)
    wanted = set(chunks.values_list("pk", flat=True))
    lost = wanted - vectors.known(generation, wanted)
    for _ in embed_passages(chunks.filter(pk__in=lost), generation) if lost else ():
        pass
    return len(lost)


def _askable() -> Iterator[int]:
    ready = Document.objects.filter(state=State.READY).order_by("pk")
    return ready.values_list("pk", flat=True).iterator()
