"""Who has read what in the demo, and when the three accounts were there last."""

from datetime import datetime, timedelta

from communities import rules
from communities.demo import ACCOUNTS
from communities.models import Community, Follow, Post, Visit, Vote

LAST_LOOK = timedelta(days=2)
"""So long ago one of the accounts looked at the list of posts: what came since is new to them."""


def visit(community: Community, posts: list[Post], votes: list[Vote], now: datetime) -> None:
    """Who votes on a post of late has read it; its author has at the beginning, and follows it since."""
    members = dict(community.memberships.values_list("user", "pk"))
    read = {(members[post.author_id], post.pk): post.created_at for post in posts}
    for vote in votes:
        if vote.post.created_at > now - rules.HOT_FOR:
            read[members[vote.voter_id], vote.post_id] = vote.created_at
    Visit.objects.bulk_create(Visit(membership_id=me, post_id=post, read_at=at) for (me, post), at in read.items())
    Follow.objects.bulk_create(
        Follow(follower_id=post.author_id, post=post, created_at=post.created_at) for post in posts
    )
    community.memberships.filter(user__username__in=ACCOUNTS).update(looked_at=now - LAST_LOOK)
