"""Tells the answer to a request that an act was noted while it was made. Knows no rows: a middleware imports it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_noted: ContextVar[list[bool] | None] = ContextVar("noted", default=None)


def say_noted() -> None:
    if (noted := _noted.get()) is not None:
        noted.append(True)


@contextmanager
def listening() -> Iterator[list[bool]]:
    """What this gives holds something once an act was noted."""
    noted: list[bool] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)
