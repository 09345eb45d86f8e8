"""Builds the index of all documents anew, with another embedder or in another store, and then uses it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from tqdm import tqdm

from ai_assist import reindexing
from ai_assist.embedding import EmbedderAway
from ai_assist.models import IndexGeneration
from ai_assist.stores import STORES, StoreAway

LOCK = 0x5EED_1DE  # any number that nothing else takes


class Command(BaseCommand):
    help = (
        "Build the index of all documents anew beside the one in use, then use it. Pages go on meanwhile; stopped or "
        "killed, it goes on where it was when it is called again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--embedder", metavar="NAME", help="instead of AI_EMBEDDER")
        parser.add_argument("--store", choices=STORES, help="instead of VECTOR_STORE")

    def handle(self, *args: Any, embedder: str | None, store: str | None, **options: Any) -> None:
        if not _locked():
            raise CommandError("Another reindex is at work.")
        try:
            generation = reindexing.begin(embedder or settings.AI_EMBEDDER, store or settings.VECTOR_STORE)
            count = self._build(reindexing.askable(), generation)
            count += self._build_missing(generation)
            reindexing.swap(generation)
            count += self._build_missing(generation)  # what became ready in the old one at the last moment
            for old in reindexing.drop_old():
                self.stdout.write(f"dropped      {old}")
        except (EmbedderAway, StoreAway) as error:
            raise CommandError(f"{error}. Call it again to go on.") from error
        finally:
            _unlock()
        self.stdout.write(f"documents    {count:,} in {generation}")
        self._say_what_differs(generation)

    def _build_missing(self, generation: IndexGeneration) -> int:
        """Again and again until nothing was added meanwhile."""
        tried: set[int] = set()
        while waiting := [pk for pk in reindexing.missing(generation) if pk not in tried]:
            tried.update(waiting)
            self._build(waiting, generation)
        return len(tried)

    def _build(self, documents: list[int], generation: IndexGeneration) -> int:
        for pk in tqdm(documents, desc="documents", disable=None):
            reindexing.build(pk, generation)
        return len(documents)

    def _say_what_differs(self, generation: IndexGeneration) -> None:
        for name, value in (("AI_EMBEDDER", generation.embedder), ("VECTOR_STORE", generation.store)):
            if getattr(settings, name) != value:
                self.stdout.write(f"Set {name}={value}: the next reindex follows the settings.")


def _locked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        (is_mine,) = cursor.fetchone()
    return bool(is_mine)


def _unlock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
