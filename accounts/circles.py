"""Who shares something with whom: floors above say it, as this one knows of no communities.

An app calls `add_circle` in its `AppConfig.ready` with a function that gets the reader and returns which members share
something with them.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import User

Circle = Callable[["User"], Q]

_circles: list[Circle] = []


def add_circle(circle: Circle) -> None:
    if circle not in _circles:
        _circles.append(circle)


def sharing_with(reader: "User") -> Q:
    """Members who share something with the reader, and the reader."""
    shared = Q(pk=reader.pk)
    for circle in _circles:
        shared |= circle(reader)
    return shared
