"""Whether the store answers, as the page says that tells whether Cairn is ready."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache

from ai_assist import generations, rules
from ai_assist.stores import sign
from net.breaker import Breaker
from outbox.tasks import WORKER_SEEN_KEY


@pytest.fixture
def remote(db, pinecone, settings, monkeypatch):
    """Pinecone is the store, and nobody has asked it yet."""
    settings.VECTOR_STORE = "pinecone"
    monkeypatch.setattr(sign, "_breaker", Breaker())
    generations.current()
    cache.set(WORKER_SEEN_KEY, True, 60)
    pinecone.requests.clear()
    return pinecone


def test_ready_while_the_store_elsewhere_answers(client, remote):
    for _ in range(2):
        said = client.get("/readyz").json()
        assert said == {"state": "ready", "database": "ok", "redis": "ok", "worker": "ok", "store": "ok"}
    assert remote.requests == ["GET /indexes/cairn-384", "POST /describe_index_stats"]


@pytest.mark.parametrize("fault", [503, 3.0])
def test_degraded_without_waiting_while_the_store_does_not_answer(client, remote, monkeypatch, fault):
    """After three times it is not asked any more."""
    monkeypatch.setattr(rules, "STORE_ANSWERS_WITHIN", timedelta(seconds=0.1))
    monkeypatch.setattr(rules, "STORE_ASKED_EVERY", timedelta())
    remote.faults.extend([fault] * 4)
    started = time.monotonic()
    for _ in range(4):
        said = client.get("/readyz").json()
        assert said == {"state": "degraded", "database": "ok", "redis": "ok", "worker": "ok", "store": "away"}
    assert remote.requests.count("POST /describe_index_stats") == 3
    assert time.monotonic() - started < 3
