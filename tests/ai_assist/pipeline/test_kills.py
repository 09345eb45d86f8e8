"""Workers that are killed while they read documents: each document ends once, whole or not at all."""

import multiprocessing
import os
import random
import time
from datetime import timedelta

import pytest
from django.db import connections

from ai_assist import rules
from ai_assist.models import ENDED, Chunk, Document, Embedding, State
from ai_assist.pipeline import work
from notifications.models import Notification
from tests.ai_assist.conftest import NOTES

KILLS = 20
DOCUMENTS = 6
SECONDS = 90

fork = multiprocessing.get_context("fork")


@pytest.fixture
def impatient(monkeypatch):
    """A worker counts as dead after half a second."""
    monkeypatch.setattr(rules, "HEARTBEAT", timedelta(seconds=0.1))
    monkeypatch.setattr(rules, "SILENT_FOR", timedelta(seconds=0.5))
    monkeypatch.setattr(rules, "TAKEN_WITHIN", timedelta())


@pytest.mark.django_db(transaction=True)
def test_index_killed_at_random_ends_each_document_once(ada, upload, impatient):
    chance = random.Random(7)
    documents = [upload(ada, NOTES.replace("4 metres", f"{number} metres")) for number in range(DOCUMENTS)]
    work.index(documents[0].pk)  # the model is loaded once, and forked
    connections.close_all()
    kills, until = 0, time.monotonic() + SECONDS
    while (unfinished := list(waiting())) and time.monotonic() < until:
        child = fork.Process(target=turn, args=(unfinished,))
        connections.close_all()
        child.start()
        if kills < KILLS:
            child.join(chance.uniform(0, 0.6))
            if child.is_alive():
                child.kill()
                kills += 1
        child.join(SECONDS / 3)
        child.kill()  # where a lock was held at the fork it waits for ever
        child.join()
    assert kills > DOCUMENTS
    for document in Document.objects.all():
        assert document.state in ENDED
        assert Notification.objects.filter(url=document.get_absolute_url()).count() == 1
        if document.state == State.READY:
            ordinals = Chunk.objects.filter(document=document).order_by("ordinal").values_list("ordinal", flat=True)
            assert list(ordinals) == list(range(document.chunks))
            assert Embedding.objects.filter(document=document).count() == document.chunks > 2


def waiting():
    unfinished = Document.objects.exclude(state__in=ENDED)
    return unfinished.order_by("pk").values_list("pk", flat=True)


def turn(pks):
    connections.close_all()
    for pk in pks:
        work.index(pk)
    os._exit(0)
