"""Decisions that look like chance and are the same in every run: each hangs on its key alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import blake2b


def fraction(*key: object) -> float:
    """A number from 0 up to 1."""
    digest = blake2b("|".join(map(str, key)).encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big") / 2**48


def between(low: int, high: int, *key: object) -> int:
    """A whole number from `low` to `high`, both included."""
    return low + int(fraction(*key) * (high - low + 1))


def shuffled(names: Iterable[str], *key: object) -> list[str]:
    return sorted(names, key=lambda name: (fraction(*key, name), name))


def moment_after(start: datetime, hours: float, *key: object, now: datetime) -> datetime:
    """About `hours` later (less than one more); when that has not come yet, some moment until now."""
    wished = start + timedelta(hours=hours + fraction(*key, "minute"))
    if wished < now:
        return wished
    return start + (now - start) * (0.3 + 0.6 * fraction(*key, "sooner"))
