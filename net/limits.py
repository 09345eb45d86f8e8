"""Rate limits: a fixed window per key, counted in the cache (in this process's memory while Redis is away)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True)
class Rate:
    """At most `amount` times in `seconds`."""

    amount: int
    seconds: int


class TooOften(Exception):
    """The limit is reached; `retry_after` is in whole seconds. `sentence` is for the person, "" for the usual one."""

    def __init__(self, rate: Rate, retry_after: int, sentence: str = "") -> None:
        super().__init__(f"at most {rate.amount} in {rate.seconds} seconds")
        self.rate = rate
        self.retry_after = retry_after
        self.sentence = sentence


@dataclass(frozen=True)
class Spent:
    """What is left of a rate after one more, until its window ends in so many seconds."""

    rate: Rate
    left: int
    ends_in: int


_told: ContextVar[list[Spent] | None] = ContextVar("told", default=None)


@contextmanager
def telling() -> Iterator[list[Spent]]:
    """What is spent meanwhile, in a list."""
    spent: list[Spent] = []
    token = _told.set(spent)
    try:
        yield spent
    finally:
        _told.reset(token)


def spend(action: str, who: object, rate: Rate) -> None:
    """Counts one `action` of `who`. Raises TooOften when the window is full."""
    now = int(time.time())
    window = now // rate.seconds
    key = f"rate:{action}:{who}:{window}"
    count, ends_in = _counted(key, rate.seconds), (window + 1) * rate.seconds - now
    if (told := _told.get()) is not None:
        told.append(Spent(rate, max(0, rate.amount - count), ends_in))
    if count > rate.amount:
        raise TooOften(rate, ends_in)


def _counted(key: str, seconds: int) -> int:
    """One more; the window begins with its first one."""
    with suppress(ValueError):
        return cache.incr(key)
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # the window ended between the two commands
        return 0
