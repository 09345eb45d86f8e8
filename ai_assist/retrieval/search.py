"""The way from a question to ranked passages: two searches, one list, a closer look, neighbours put together."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from ai_assist import generations, rules
from ai_assist.embedding import EmbedderAway, embedder
from ai_assist.models import Chunk, IndexGeneration
from ai_assist.models.document import DocumentQuerySet
from ai_assist.retrieval import lexical
from ai_assist.retrieval.alarms import raise_alarm
from ai_assist.retrieval.among import Among, readable
from ai_assist.retrieval.fusion import fused
from ai_assist.retrieval.hit import Hit
from ai_assist.retrieval.neighbours import together
from ai_assist.retrieval.rerank import bonus
from ai_assist.stores import StoreAway, store

logger = logging.getLogger(__name__)


def search(
    question: str, *, user: User | AnonymousUser, documents: DocumentQuerySet | None, top: int = rules.CITATIONS_MAX
) -> list[Hit]:
    """The best passages among those that the person may read, of these `documents` or of all, the best first.

    Without embedder or store it goes by words alone. What the index gives is asked for once more among what the
    person may read; what is not there is dropped, and an alarm raised where it never should have been found.
    """
    among = readable(user, documents)
    if among.documents == []:
        return []
    generation = generations.current()
    words = lexical.words_of(question, among)
    by_words = lexical.find(words, generation, among, rules.CANDIDATES) if words else {}
    meaning = _by_meaning(question, generation, among, by_words)
    by_meaning = meaning.cosines
    chunks = _readable_chunks({*by_words, *by_meaning}, words, user=user, among=among)
    ranks = {pk: getattr(chunk, "rank", 0.0) for pk, chunk in chunks.items()}
    dense = {pk: cosine for pk, cosine in by_meaning.items() if pk in chunks}
    return together(_ranked(question, chunks, fused(ranks, dense), replace(meaning, cosines=dense)), top)


@dataclass(frozen=True)
class Meaning:
    """Cosines; that of texts that have nothing in common, and from which on a passage answers in any language."""

    cosines: Mapping[UUID, float] = field(default_factory=dict)
    unrelated: float = 0.0
    across: float = 2.0

    def fit(self, chunk: UUID) -> float:
        """Counted from the cosine of what has nothing in common; 0 for what nobody knows."""
        cosine = self.cosines.get(chunk)
        return 0.0 if cosine is None else (cosine - self.unrelated) / (1 - self.unrelated)

    def is_near(self, chunk: UUID) -> bool:
        return self.cosines.get(chunk, 0.0) >= self.across


def _by_meaning(question: str, generation: IndexGeneration, among: Among, others: Collection[UUID]) -> Meaning:
    """Of the nearest passages and of the `others`, which words have found."""
    vectors = store(generation.store)
    scopes = among.scopes
    try:
        model = embedder(generation.embedder)
        vector = model.question(question)
        near = vectors.query(generation, vector, scopes=scopes, top_k=rules.CANDIDATES, documents=among.documents)
        found = {one.chunk: one.score for one in near}
        missing = [chunk for chunk in others if chunk not in found]
        cosines = found | (vectors.scores(generation, vector, missing, scopes=scopes) if missing else {})
        return Meaning(cosines, model.unrelated, model.across)
    except (EmbedderAway, StoreAway) as error:
        logger.warning("searching by words alone: %s", error)
        return Meaning()


def _readable_chunks(
    found: Collection[UUID], words: lexical.Words | None, *, user: User | AnonymousUser, among: Among
) -> dict[UUID, Chunk]:
    """Those that stand in documents which the person may read now, with their `rank` by words."""
    asked = Chunk.objects.filter(pk__in=found).visible_to(user).select_related("document").defer("words")
    if among.documents is not None:
        asked = asked.filter(document__in=among.documents)
    if words:
        asked = asked.annotate(rank=lexical.Rank(words))
    chunks = {chunk.pk: chunk for chunk in asked}
    dropped = [pk for pk in found if pk not in chunks]
    if dropped:
        foreign = Chunk.objects.filter(pk__in=dropped).exclude(document__scope__in=among.scopes)
        if leaked := list(foreign.values_list("pk", flat=True)):
            raise_alarm(leaked, user=user.pk)
    return chunks


def _ranked(question: str, chunks: Mapping[UUID, Chunk], scores: Mapping[UUID, float], meaning: Meaning) -> list[Hit]:
    """By their scores; the first of them by a closer look."""
    order = sorted(scores, key=lambda pk: (-scores[pk], pk))
    first = [chunks[pk] for pk in order[: rules.LOOKED_AT_CLOSELY]]
    closer = bonus(question, [(f"{chunk.document.title} {chunk.heading_path}", chunk.text) for chunk in first])
    hits = [
        Hit(chunk, scores[chunk.pk] + extra, meaning.fit(chunk.pk), coverage, is_near=meaning.is_near(chunk.pk))
        for chunk, (extra, coverage) in zip(first, closer, strict=True)
    ]
    hits.sort(key=lambda hit: (-hit.score, hit.chunk.pk))
    return hits + [Hit(chunks[pk], scores[pk], meaning.fit(pk), 0.0) for pk in order[rules.LOOKED_AT_CLOSELY :]]
