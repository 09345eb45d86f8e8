"""What the front page shows: to strangers real questions, to members what needs them."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from communities.feeds import feed_rows
from communities.keyset import LONGEST_WAITING, NEWEST, Order, keyset_page
from communities.models import Answer, Community, Post, Visibility
from communities.models.content import NOT_DELETED
from communities.models.post import PostQuerySet
from communities.tabs import needing
from notifications.models import Notification

LANDING_POSTS = 6
LANDING_COMMUNITIES = 6
HOME_WAITING = 3
HOME_ROWS = 8


def landing() -> dict[str, Any]:
    """Questions of public communities that have an accepted answer, the newest first, and one shown in full."""
    answered = Post.objects.visible_to(AnonymousUser()).filter(accepted_at__isnull=False)
    answered = answered.select_related("community").order_by("-created_at", "-pk")
    posts = list(answered[:LANDING_POSTS])
    communities = Community.objects.filter(visibility=Visibility.PUBLIC).order_by("-member_count", "pk")
    shown = None
    if posts:
        best = max(posts, key=lambda post: (post.score, post.pk))
        accepted = Answer.objects.filter(NOT_DELETED, post=best, accepted_at__isnull=False)
        shown = accepted.select_related("author", "post__author", "post__community").first()
    return {
        "example": shown,
        "rows": feed_rows(posts),
        "communities": communities[:LANDING_COMMUNITIES],
    }


def member_home(user: User) -> dict[str, Any]:
    """Three questions: what needs me, what is new in my communities, what was I learning."""
    mine = list(Community.objects.with_member(user).order_by("name"))
    posts = Post.objects.filter(NOT_DELETED)
    open_questions = _first(LONGEST_WAITING, HOME_WAITING, needing(posts, user), mine)
    new = posts.exclude(pk__in=[post.pk for post in open_questions])
    own = Post.objects.visible_to(user).filter(author=user).order_by("-created_at", "-pk")
    return {
        "communities": mine,
        "notifications": Notification.objects.shown_to(user).unread().order_by("-pk")[:HOME_WAITING],
        "open_rows": feed_rows(open_questions),
        "new_rows": feed_rows(_first(NEWEST, HOME_ROWS, new, mine)),
        "own_posts": own.select_related("community")[:HOME_WAITING],
    }


def _first(order: Order, size: int, posts: PostQuerySet, communities: list[Community]) -> list[Post]:
    """The first of these communities together, each with its community."""
    known = {community.pk: community for community in communities}
    first = keyset_page(order, "", size, posts, communities=known).posts
    for post in first:
        post.community = known[post.community_id]
    return first
