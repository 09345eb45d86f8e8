"""Answers on their way to a browser: a worker appends to a stream in Redis, and whoever shows the answer reads it.

Nothing depends on it. What is not in the stream, because Redis was away, is in the row when the answer is done.
"""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import redis
import redis.asyncio
from django.conf import settings

from ai_assist import rules
from net.breaker import Breaker

logger = logging.getLogger(__name__)

DATABASE = 1  # the number of Redis for what is live
BEGIN, TEXT, DONE = "begin", "text", "done"
_breaker = Breaker()
AWAY = (redis.ConnectionError, redis.TimeoutError, OSError)


@dataclass(frozen=True)
class Event:
    """`id` is its place in the stream: whoever has seen it goes on after it. `begin`: the text begins anew."""

    id: str
    kind: str
    text: str = ""


def append(message: UUID, kind: str, text: str = "") -> None:
    """Never raises and never waits long."""
    if _breaker.is_open:
        return
    key = _key(message)
    kept = rules.STREAM_KEPT_DONE if kind == DONE else rules.STREAM_KEPT
    try:
        with _server().pipeline(transaction=False) as pipeline:
            pipeline.xadd(key, {"kind": kind, "text": text})
            pipeline.expire(key, kept)
            pipeline.execute()
        _breaker.succeeded()
    except AWAY as error:
        _breaker.failed()
        logger.warning("the stream of message %s lacks a part: %s", message, error)


async def events(message: UUID, after: str) -> AsyncIterator[Event | None]:
    """Those after this one, as they come; None each time nothing has come for a while. Ends with `done`.

    Raises one of AWAY.
    """
    async with redis.asyncio.Redis.from_url(
        _url(),
        decode_responses=True,
        socket_connect_timeout=rules.STREAM_CONNECT.total_seconds(),
        socket_timeout=(rules.STREAM_HEARTBEAT + rules.STREAM_ANSWERED_WITHIN).total_seconds(),
    ) as server:
        while True:
            pause = int(rules.STREAM_HEARTBEAT.total_seconds() * 1000)
            found: Any = await server.xread({_key(message): after}, block=pause)
            if not found:
                yield None
                continue
            for after, fields in found[0][1]:
                yield Event(after, fields["kind"], fields["text"])
                if fields["kind"] == DONE:
                    return


def _key(message: UUID) -> str:
    return f"{settings.REDIS_PREFIX}:answers:{message}"


def _url() -> str:
    return f"{settings.REDIS_URL}/{DATABASE}"


@cache
def _server() -> redis.Redis:
    """Threads share it."""
    return redis.Redis.from_url(_url(), socket_timeout=0.5, socket_connect_timeout=0.5)
