"""Redis cache that a dead server cannot slow down: after three failures it is left alone for ten seconds.

Meanwhile a stand-in answers: this process's memory (rate limits keep counting), or, for sessions, nothing
(the session is then read from PostgreSQL: memory of one process would outlive a sign-out in another).
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

import redis
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

from net.breaker import Breaker

logger = logging.getLogger(__name__)

COPY_SECONDS = 300.0  # of a session, before the database is asked again


def _guarded(command: Callable[..., Any]) -> Callable[..., Any]:
    name = command.__name__

    @wraps(command)
    def call(self: "BreakerRedisCache", *args: Any, **kwargs: Any) -> Any:
        if not self.breaker.is_open:
            try:
                answer = command(self, *args, **kwargs)
            except (redis.ConnectionError, redis.TimeoutError, OSError) as error:
                self.breaker.failed()
                logger.warning("cache %s failed: %s", name, error)
            else:
                self.breaker.succeeded()
                return answer
        return getattr(self.stand_in, name)(*args, **kwargs)

    return call


class SteadyClient(RedisCacheClient):
    """Keeps its clients, which threads may share: making one costs as much as a third of a question."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._made: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        if write not in self._made:
            self._made[write] = super().get_client(key, write=write)
        return self._made[write]


class BreakerRedisCache(RedisCache):
    """Django's Redis cache behind a breaker; the stand-in is this process's memory."""

    breaker = Breaker()

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = SteadyClient
        self.stand_in = self.make_stand_in()

    def make_stand_in(self) -> LocMemCache | DummyCache:
        return LocMemCache("redis-is-away", {"MAX_ENTRIES": 10_000})

    add = _guarded(RedisCache.add)
    get = _guarded(RedisCache.get)
    set = _guarded(RedisCache.set)
    touch = _guarded(RedisCache.touch)
    delete = _guarded(RedisCache.delete)
    incr = _guarded(RedisCache.incr)
    get_many = _guarded(RedisCache.get_many)
    set_many = _guarded(RedisCache.set_many)
    delete_many = _guarded(RedisCache.delete_many)
    has_key = _guarded(RedisCache.has_key)


class SessionRedisCache(BreakerRedisCache):
    """For sessions: while Redis is away nothing is cached and the database answers.

    What ended in that time Redis may still have when it is back, so a copy lives for minutes, not as long as a session.
    """

    def set(self, key: str, value: Any, timeout: float | None = None, version: int | None = None) -> None:
        super().set(key, value, COPY_SECONDS if timeout is None else min(timeout, COPY_SECONDS), version)

    def make_stand_in(self) -> LocMemCache | DummyCache:
        return DummyCache("redis-is-away", {})
