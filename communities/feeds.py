"""Rows of posts in lists."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe

import markup
from communities import rules
from communities.fragments import Wanted, fragments, stamp
from communities.keyset import Page
from communities.models import Community, Post
from communities.tabs import TAB_NAMES, Tab
from markup.lead import lead


def feed_rows(posts: Iterable[Post], community: Community | None = None) -> list[SafeString]:
    """One row each, in the given order. Without `community` each row names its own, which `posts` then bring along.

    Only what the cache lacks is read in full, so `posts` need no more than id and version.
    """
    posts = list(posts)

    def load(pks: list[int]) -> dict[int, dict[str, Any]]:
        rows = Post.objects.filter(pk__in=pks).select_related("author", "community").with_tags()
        return {post.pk: row_context(post, community) for post in rows}

    standings = {post.pk: "" if community else stamp(post.community.name) for post in posts}
    identities = [(p.pk, p.version, standings[p.pk]) for p in posts]
    (made,) = fragments(Wanted("communities/_post_row.html", identities, load))
    return [made[post.pk] for post in posts if post.pk in made]


def feed_context(
    page: Page, tab: Tab, community: Community | None = None, *, new_since: datetime | None = None
) -> dict[str, Any]:
    """What `_feed.html` needs. `new_since` puts a line between what is new and what the reader could see before."""
    new = sum(new_since is not None and post.created_at > new_since for post in page.posts)
    return {
        "tab": tab,
        "tabs": TAB_NAMES.items(),
        "rows": feed_rows(page.posts, community),
        "new_count": new if new < len(page.posts) else 0,
        "is_lost": page.is_lost,
        "next_url": "?" + urlencode({"show": tab, "after": page.next_cursor}) if page.next_cursor else "",
    }


def row_context(post: Post, community: Community | None) -> dict[str, Any]:
    return {
        "post": post,
        "lead": mark_safe(lead(post.html)),  # noqa: S308 (sanitised again by lead)
        "excerpt": markup.plain_text(post.body, rules.EXCERPT_LENGTH),
        "community": None if community else post.community,
    }
