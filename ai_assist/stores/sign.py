"""A sign of life of the store that is searched, within a second: for the page that says whether Cairn is ready.

Asked without the SDK of Pinecone, which the processes that serve pages never load.
"""

import json
from functools import cache
from http.client import HTTPException
from queue import Empty, Queue
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.cache import cache as shared

from ai_assist import rules
from ai_assist.models import IndexGeneration
from net.breaker import Breaker

PROTOCOL = "2026-07"  # the version of Pinecone's API, as of its SDK
KEY = "ai_assist:store_answers"

_breaker = Breaker()


def in_use() -> IndexGeneration:
    """The generation that is searched; before there is one, what it will be."""
    found = IndexGeneration.objects.filter(state=IndexGeneration.State.CURRENT).first()
    return found or IndexGeneration(embedder=settings.AI_EMBEDDER, store=settings.VECTOR_STORE, dimension=0)


def answers(generation: IndexGeneration) -> bool:
    """Where PostgreSQL is the store it does: who asks has just asked it for the generation. Asked every few seconds at
    most, however often somebody wants to know."""
    if generation.store != "pinecone" or not generation.pk:
        return True
    if _breaker.is_open:
        return False
    known: bool | None = shared.get(KEY)
    if known is None:
        known = _within(rules.STORE_ANSWERS_WITHIN.total_seconds(), f"{settings.PINECONE_INDEX}-{generation.dimension}")
        shared.set(KEY, known, rules.STORE_ASKED_EVERY.total_seconds())
        (_breaker.succeeded if known else _breaker.failed)()
    return known


def _within(seconds: float, index: str) -> bool:
    """In a thread of its own: nothing else ends the search for a name in time."""
    line: Queue[bool] = Queue()
    Thread(target=_ask, args=(index, seconds, line), daemon=True).start()
    try:
        return line.get(timeout=seconds)
    except Empty:
        return False


def _ask(index: str, seconds: float, line: Queue[bool]) -> None:
    try:
        host = _host(settings.PINECONE_HOST, index, settings.PINECONE_API_KEY, seconds)
        _said(f"{host}/describe_index_stats", settings.PINECONE_API_KEY, seconds, body=b"{}")
        line.put(True)
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        line.put(False)


@cache
def _host(server: str, index: str, key: str, seconds: float) -> str:
    """Where the index is."""
    host: str = _said(f"{server}/indexes/{index}", key, seconds)["host"]
    return host if "://" in host else f"https://{host}"


def _said(address: str, key: str, seconds: float, body: bytes | None = None) -> dict[str, Any]:
    headers = {"Api-Key": key, "X-Pinecone-Api-Version": PROTOCOL, "Content-Type": "application/json"}
    request = Request(address, data=body, headers=headers)  # noqa: S310  http or https, as the settings have checked
    with urlopen(request, timeout=seconds) as response:  # noqa: S310
        said: dict[str, Any] = json.load(response)
    return said
