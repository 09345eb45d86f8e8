"""Rows as they are now, locked until the transaction ends: a post before its answers."""

from typing import cast

from communities.history import Written
from communities.models import Answer, Comment, Post

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
