"""The posts that stand below a post: as what it was asked before, and what is related."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from accounts.models import User
from communities import rules
from communities.models import LinkKind, Post


@dataclass(frozen=True)
class Linked:
    """A post that stands below another, which is a duplicate of it or only related."""

    post: Post
    is_duplicate: bool


def ends_of_links(person: User | AnonymousUser) -> tuple[ArraySubquery, ArraySubquery]:
    """Of a post in a query: where its links lead, and where links to it come from, as far as the person may see it."""
    return _ends(person, "linked_from", "post"), _ends(person, "links", "other")


def _ends(person: User | AnonymousUser, link: str, here: str) -> ArraySubquery:
    posts = Post.objects.visible_to(person).filter(**{f"{link}__{here}": OuterRef("pk")})
    same_place = posts.filter(community=OuterRef("community"))
    ends = same_place.order_by(f"{link}__kind", f"-{link}__created_at")
    said = JSONObject(id="pk", kind="kind", title="title", answer_count="answer_count", link=f"{link}__kind")
    return ArraySubquery(ends.values(said=said)[: rules.LINKS_SHOWN])


def linked_posts(post: Post, forth: Iterable[str], back: Iterable[str]) -> list[Linked]:
    """What `ends_of_links` found, each post once, duplicates first. A duplicate of this post is related to it."""
    found: dict[int, Linked] = {}
    for is_forth, ends in ((True, forth), (False, back)):
        for end in map(json.loads, ends):
            is_duplicate = end.pop("link") == LinkKind.DUPLICATE and is_forth
            found.setdefault(end["id"], Linked(Post(community=post.community, **end), is_duplicate))
    return sorted(found.values(), key=lambda linked: not linked.is_duplicate)[: rules.LINKS_SHOWN]
