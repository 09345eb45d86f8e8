"""Counts passages that the index gave to somebody who may not read them. They are dropped; but it should be never."""

import logging
from collections.abc import Collection
from uuid import UUID

from django.core.cache import cache

logger = logging.getLogger(__name__)

COUNT = "ai_assist:alarms"


def raise_alarm(chunks: Collection[UUID], *, user: int | None) -> None:
    logger.error("the index gave passages to user %s who may not read them: %s", user, ", ".join(map(str, chunks)))
    cache.add(COUNT, 0, timeout=None)
    cache.incr(COUNT, len(chunks))


def alarms() -> int:
    """Since the cache was emptied."""
    return int(cache.get(COUNT) or 0)
