"""Rows as they are now, locked until the transaction ends: a post before its answers."""

from collections.abc import Collection
from typing import Any, cast

from django.db import connection
from django.db.models import QuerySet

from communities.history import Written
from communities.models import Answer, Comment, Community, Membership, Post, Visibility

AROUND = {
    Post: ("community", "author"),
    Answer: ("author",),
    Comment: ("post__community", "post__author", "answer__author", "author"),
}


def lock_content[W: Written](content: W) -> W:
    """With what surrounds it. Only itself is locked; an answer after its post, which shows its state."""
    post = lock_content(content.post) if isinstance(content, Answer) else None
    rows = type(content)._base_manager.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related(*AROUND[type(content)]).get(pk=content.pk)
    if isinstance(locked, Answer) and post is not None:
        locked.post = post
    return cast(W, locked)


def lock_readers(community: int, people: Collection[int]) -> set[int]:
    """Which of these people read there. It stays so until the transaction ends.

    Nobody leaves a private community meanwhile, and no public one becomes private; everything else goes on. So whoever
    leaves, leaves before something is said to them, or after it and takes it along.
    """
    if not people or not _is_private(community):
        return set(people)
    members = Membership.objects.filter(community=community, user__in=people).order_by("pk")
    return {pk for (pk,) in _kept_as_they_are(members.values_list("user"))}


def _is_private(community: int) -> bool:
    return _kept_as_they_are(Community.objects.filter(pk=community).values_list("visibility")) == [
        (Visibility.PRIVATE,)
    ]


def _kept_as_they_are(rows: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """Locked the weakest way, which the ORM does not know: against being deleted and against a full lock alone."""
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR KEY SHARE", values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
