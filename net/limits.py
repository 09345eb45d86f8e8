"""Rate limits: a fixed window per key, counted in the cache (in this process's memory while Redis is away)."""

import time
from contextlib import suppress
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


def spend(action: str, who: object, rate: Rate) -> None:
    """Counts one `action` of `who`. Raises TooOften when the window is full."""
    now = int(time.time())
    window = now // rate.seconds
    key = f"rate:{action}:{who}:{window}"
    if _counted(key, rate.seconds) > rate.amount:
        raise TooOften(rate, (window + 1) * rate.seconds - now)


def _counted(key: str, seconds: int) -> int:
    """One more; the window begins with its first one."""
    with suppress(ValueError):
        return cache.incr(key)
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # the window ended between the two commands
        return 0
