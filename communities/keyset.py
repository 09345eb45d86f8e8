"""Keyset pagination: a page begins after the row where the last one ended, whatever came in between.

A cursor says order, value and id of that row and is signed: one that somebody changed is not read.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.signing import BadSignature, Signer
from django.db.models import BigIntegerField, F, Func, Model, OuterRef, Q, QuerySet

from communities.models import Community, Post, Tag
from communities.models.content import NOT_DELETED
from communities.models.post import PostQuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SIGNER = Signer(salt="communities.keyset", sep="~")


@dataclass(frozen=True)
class Order:
    """By one column, which holds values of this kind, then by id; downwards, unless it is said."""

    column: str
    kind: type = datetime
    is_upwards: bool = False
    ids_upwards: bool = False

    @property
    def columns(self) -> tuple[str, str]:
        return self.column if self.is_upwards else f"-{self.column}", "pk" if self.ids_upwards else "-pk"

    def after(self, value: Any, pk: int) -> Q:
        side, ids = "gt" if self.is_upwards else "lt", "gt" if self.ids_upwards else "lt"
        return Q(**{f"{self.column}__{side}e": value}) & (
            Q(**{f"{self.column}__{side}": value}) | Q(**{f"pk__{ids}": pk})
        )


NEWEST, ACTIVE, HOT = Order("created_at"), Order("active_at"), Order("hot", float)
LONGEST_WAITING = OLDEST = Order("created_at", is_upwards=True, ids_upwards=True)
LARGEST, MOST_USED = Order("member_count", int, ids_upwards=True), Order("post_count", int, ids_upwards=True)
LATEST = Order("id", int)
OF_TAG = Order("posted_at")
SHOWN = ("version", "created_at", "active_at", "hot", "community_id")
"""Columns of the rows: what draws them, and what orders them."""


@dataclass(frozen=True)
class Page:
    """Some rows in order, the cursor of the next page ("" = there is none), and whether the given one was bad."""

    posts: list[Post]
    next_cursor: str
    is_lost: bool = False


class Lost(Exception):
    """Nothing is known of a page that begins there."""


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
    rows, next_cursor = _turn(order, size, posts.only(*SHOWN))
    return Page(rows, next_cursor, is_lost=bool(cursor) and start is None)


def keyset_rows[M: Model](order: Order, cursor: str, size: int, rows: QuerySet[M]) -> tuple[list[M], str]:
    """Of whatever has such a column: the rows after `cursor`, and the cursor of the next ones ("" = there are none).

    Raises Lost for a cursor without sense.
    """
    if cursor:
        start = _read(cursor, order)
        if start is None:
            raise Lost
        rows = rows.filter(order.after(*start))
    return _turn(order, size, rows)


def _turn[M: Model](order: Order, size: int, rows: QuerySet[M]) -> tuple[list[M], str]:
    found = list(rows.order_by(*order.columns)[: size + 1])
    next_cursor = _write(getattr(found[size - 1], order.column), found[size - 1].pk, order) if len(found) > size else ""
    return found[:size], next_cursor


def _first_of_each(communities: Collection[int], posts: PostQuerySet, order: Order, size: int) -> PostQuerySet:
    """So many of each as one page can need."""
    of_one = posts.filter(community=OuterRef("pk")).order_by(*order.columns).values("pk")[:size]
    each = Func(ArraySubquery(of_one), function="unnest", output_field=BigIntegerField())
    return Post.objects.filter(pk__in=Community.objects.filter(pk__in=communities).values_list(each, flat=True))


def newest_of_tag(tag: Tag, cursor: str, size: int) -> Page:
    """The newest posts that carry the tag: from the index of the tag alone, however many it has."""
    carrying = Post.objects.filter(NOT_DELETED, tagged__tag=tag).annotate(posted_at=F("tagged__posted_at"))
    return keyset_page(OF_TAG, cursor, size, carrying)


def _write(value: Any, pk: Any, order: Order) -> str:
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
    start = EPOCH + timedelta(microseconds=int(value)) if order.kind is datetime else order.kind(value)
    return start, int(pk)
