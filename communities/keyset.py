"""Keyset pagination: a page begins after the row where the last one ended, whatever came in between.

A cursor says order, value and id of that row and is signed: one that somebody changed is not read.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.signing import BadSignature, Signer
from django.db.models import BigIntegerField, F, Func, OuterRef, Q

from communities.models import Community, Post, Tag
from communities.models.content import NOT_DELETED
from communities.models.post import PostQuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SIGNER = Signer(salt="communities.keyset", sep="~")


@dataclass(frozen=True)
class Order:
    """By one column, then by id, both downwards or both upwards."""

    column: str
    is_upwards: bool = False

    @property
    def columns(self) -> tuple[str, str]:
        return (self.column, "pk") if self.is_upwards else (f"-{self.column}", "-pk")

    def after(self, value: Any, pk: int) -> Q:
        side = "gt" if self.is_upwards else "lt"
        return Q(**{f"{self.column}__{side}e": value}) & (
            Q(**{f"{self.column}__{side}": value}) | Q(**{f"pk__{side}": pk})
        )


NEWEST, ACTIVE, HOT = Order("created_at"), Order("active_at"), Order("hot")
LONGEST_WAITING = Order("created_at", is_upwards=True)
OF_TAG = Order("posted_at")
SHOWN = ("version", "created_at", "active_at", "hot", "community_id")
"""Columns of the rows: what draws them, and what orders them."""


@dataclass(frozen=True)
class Page:
    """Some rows in order, the cursor of the next page ("" = there is none), and whether the given one was bad."""

    posts: list[Post]
    next_cursor: str
    is_lost: bool = False


def keyset_page(
    order: Order, cursor: str, size: int, posts: PostQuerySet, *, communities: Collection[int] | None = None
) -> Page:
    """The page after `cursor` of `posts`, no texts read; a cursor without sense gives the first page.

    `communities`: only theirs; the first of each are read from its own index, so a list across many costs little more
    than one of a few.
    """
    start = _read(cursor, order)
    if start is not None:
        posts = posts.filter(order.after(*start))
    if communities is not None:
        posts = _first_of_each(communities, posts, order, size + 1)
    rows = list(posts.only(*SHOWN).order_by(*order.columns)[: size + 1])
    next_cursor = _write(getattr(rows[size - 1], order.column), rows[size - 1].pk, order) if len(rows) > size else ""
    return Page(rows[:size], next_cursor, is_lost=bool(cursor) and start is None)


def _first_of_each(communities: Collection[int], posts: PostQuerySet, order: Order, size: int) -> PostQuerySet:
    """So many of each as one page can need."""
    of_one = posts.filter(community=OuterRef("pk")).order_by(*order.columns).values("pk")[:size]
    each = Func(ArraySubquery(of_one), function="unnest", output_field=BigIntegerField())
    return Post.objects.filter(pk__in=Community.objects.filter(pk__in=communities).values_list(each, flat=True))


def newest_of_tag(tag: Tag, cursor: str, size: int) -> Page:
    """The newest posts that carry the tag: from the index of the tag alone, however many it has."""
    carrying = Post.objects.filter(NOT_DELETED, tagged__tag=tag).annotate(posted_at=F("tagged__posted_at"))
    return keyset_page(OF_TAG, cursor, size, carrying)


def _write(value: datetime | float, pk: int, order: Order) -> str:
    if isinstance(value, datetime):
        value = (value - EPOCH) // timedelta(microseconds=1)
    return SIGNER.sign(f"{order.columns[0]}:{value!r}:{pk}")


def _read(cursor: str, order: Order) -> tuple[Any, int] | None:
    try:
        column, value, pk = SIGNER.unsign(cursor).split(":")
    except BadSignature:
        return None
    if column != order.columns[0]:
        return None
    return (float(value) if order is HOT else EPOCH + timedelta(microseconds=int(value))), int(pk)
