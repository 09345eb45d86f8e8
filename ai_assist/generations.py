"""The generations of the index: which one is searched, and how the first comes to be."""

from django.conf import settings
from django.db import IntegrityError, transaction

from ai_assist.embedding import embedder
from ai_assist.models import IndexGeneration
from ai_assist.stores import store


def current() -> IndexGeneration:
    """The generation that is searched. Without any, the first one, by the settings.

    Later the settings change nothing until `manage.py reindex`: vectors of two embedders can't be compared.
    """
    found = IndexGeneration.objects.filter(state=IndexGeneration.State.CURRENT).first()
    return found or _first()


def _first() -> IndexGeneration:
    """Who comes second waits for who came first, and finds that one."""
    try:
        with transaction.atomic():
            generation = IndexGeneration.objects.create(
                embedder=settings.AI_EMBEDDER,
                dimension=embedder(settings.AI_EMBEDDER).dimension,
                store=settings.VECTOR_STORE,
                state=IndexGeneration.State.CURRENT,
            )
            store(generation.store).prepare(generation)
    except IntegrityError:
        return IndexGeneration.objects.get(state=IndexGeneration.State.CURRENT)
    return generation
