"""Going through many rows, so many at a time."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet


def slices_of(rows: QuerySet[Any, Any], at_once: int) -> Iterator[list[int]]:
    """Their ids, in order. Each slice is asked for when it is wanted."""
    last = 0
    while pks := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:at_once]):
        yield pks
        last = pks[-1]
