"""Which posts of the demo stand below each other."""

from communities.demo.threads import Place
from communities.models import Post, PostLink


def link(place: Place, posts: list[Post]) -> None:
    """`posts` are those of the threads, in order. Two are linked since the later of them was there."""
    by_key = dict(zip((thread.key for thread in place.threads), posts, strict=True))
    links = []
    for thread in place.threads:
        for key, kind in thread.leads_to:
            post, other = by_key[thread.key], by_key[key]
            moment = max(post.created_at, other.created_at)
            links.append(PostLink(post=post, other=other, kind=kind, created_at=moment))
    PostLink.objects.bulk_create(links)
