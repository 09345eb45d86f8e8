"""Keyset pagination: a page begins after the row where the last one ended, whatever came in between."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from communities.models import Post, PostTag, Tag
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


def newest_of_tag(tag: Tag, cursor: str, size: int) -> Page:
    """As `newest_page`, of the posts that carry the tag: from the index of the tag alone, however many it has."""
    carrying = PostTag.objects.filter(tag=tag, post__deleted_at=None).select_related("post")
    start = _read(cursor)
    if start is not None:
        posted_at, pk = start
        carrying = carrying.filter(posted_at__lte=posted_at).exclude(posted_at=posted_at, post_id__gte=pk)
    newest = carrying.only("post__version", "post__created_at").order_by("-posted_at", "-post_id")
    posts = [tagged.post for tagged in newest[: size + 1]]
    return Page(posts[:size], _write(posts[size - 1]) if len(posts) > size else "")


def _write(post: Post) -> str:
    return f"{(post.created_at - EPOCH) // timedelta(microseconds=1)}-{post.pk}"


def _read(cursor: str) -> tuple[datetime, int] | None:
    moment, _, pk = cursor.partition("-")
    if not (moment.isascii() and moment.isdigit() and pk.isascii() and pk.isdigit()):
        return None
    if len(moment) > 17 or len(pk) > 18:
        return None
    return EPOCH + timedelta(microseconds=int(moment)), int(pk)
