"""Pages of the inbox: a page begins below the row where the last one ended, whatever came in between."""

from dataclasses import dataclass

from notifications.models import Notification, NotificationQuerySet

SIZE = 30


@dataclass(frozen=True)
class Page:
    rows: list[Notification]
    has_more: bool
    is_first: bool


def page_before(notifications: NotificationQuerySet, cursor: str) -> Page:
    """Newest first, those older than the id in `cursor`; a cursor that makes no sense gives the first page."""
    is_first = not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 18)
    if not is_first:
        notifications = notifications.filter(pk__lt=int(cursor))
    rows = list(notifications.order_by("-pk")[: SIZE + 1])
    return Page(rows[:SIZE], len(rows) > SIZE, is_first)
