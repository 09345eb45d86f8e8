"""Keyset pagination: a page begins after the row where the last one ended, whatever came in between."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from communities.models import Post
from communities.models.post import PostQuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Page:
    """Some rows, newest first, and the cursor of the next page ("" = this is the last one)."""

    posts: list[Post]
    next_cursor: str


def newest_page(posts: PostQuerySet, cursor: str, size: int) -> Page:
    """The page of `posts` after `cursor`, no texts read; a cursor that makes no sense gives the first page."""
    start = _read(cursor)
    if start is not None:
        created_at, pk = start
        posts = posts.filter(created_at__lte=created_at).exclude(created_at=created_at, pk__gte=pk)
    rows = list(posts.only("version", "created_at").order_by("-created_at", "-pk")[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, _write(rows[-1]) if more else "")


def _write(post: Post) -> str:
    return f"{(post.created_at - EPOCH) // timedelta(microseconds=1)}-{post.pk}"


def _read(cursor: str) -> tuple[datetime, int] | None:
    moment, _, pk = cursor.partition("-")
    if not (moment.isascii() and moment.isdigit() and pk.isascii() and pk.isdigit()):
        return None
    if len(moment) > 17 or len(pk) > 18:
        return None
    return EPOCH + timedelta(microseconds=int(moment)), int(pk)
