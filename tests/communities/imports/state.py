"""A picture of everything that an import can change."""

from typing import Any

from accounts.models import User
from communities.models import Answer, Comment, Community, Membership, Post


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """What there is, told without ids and versions."""
    texts = ("origin_url", "licence", "author__origin_url", "created_at", "edited_at", "body", "html")
    votes = ("up", "down", "imported_up", "imported_down")
    writers = Membership.objects.exclude(user__origin_url=None)
    found = {
        "users": User.objects.values_list("origin_url", "username", "name", "date_joined"),
        "members": writers.values_list("user__username", "community__slug", "joined_at"),
        "communities": Community.objects.values_list("slug", "member_count", "post_count"),
        "posts": Post.objects.values_list(*texts, *votes, "title", "answer_count", "accepted_at"),
        "answers": Answer.objects.values_list(
            *texts, *votes, "post__origin_url", "accepted_at", "accepted_by__username"
        ),
        "comments": Comment.objects.values_list(*texts, "post__origin_url", "answer__origin_url"),
    }
    return {name: sorted(rows, key=str) for name, rows in found.items()}
