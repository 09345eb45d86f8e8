"""All that somebody follows, as they may see it now."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from communities import rules
from communities.models import Community, Follow, Level, Post, Tag

Line = tuple[Follow, str]
"""A follow and the address where its level is changed."""


def followed_by(person: User) -> list[tuple[str, list[Line]]]:
    """Lines under their headings, the newest first, those under none left out."""
    seen = Community.objects.visible_to(person)
    follows = Follow.objects.filter(follower=person).order_by("-pk")
    communities = follows.filter(community__in=seen).select_related("community")
    tags = follows.filter(tag__community__in=seen).select_related("tag__community")
    people = follows.filter(person__is_active=True).select_related("person")
    posts = follows.filter(post__in=Post.objects.visible_to(person)).select_related("post__community")
    groups = [
        (_("Communities"), [(one, _address("community", one.community.slug)) for one in communities if one.community]),
        (_("Tags"), [(one, _address("tag", one.tag.community.slug, one.tag.slug)) for one in tags if one.tag]),
        (_("People"), [(one, _address("person", one.person.username)) for one in people if one.person]),
        (_("Posts"), [(one, _address("post", one.post_id)) for one in posts[: rules.FOLLOWED_POSTS_SHOWN]]),
    ]
    return [(heading, lines) for heading, lines in groups if lines]


def follows(reader: User | AnonymousUser, **target: Community | Tag | User) -> bool:
    """Whether they hear of everything new there."""
    if reader.pk is None:
        return False
    return Follow.objects.filter(follower=reader, level=Level.ALL).filter(**target).exists()


def followable_by(reader: User) -> QuerySet[User]:
    """Whose profile they see, and whom they follow already: they can stop."""
    followed = Follow.objects.filter(follower=reader, person__isnull=False).values("person")
    return User.objects.visible_to(reader) | User.objects.active().filter(pk__in=followed)


def _address(noun: str, *names: object) -> str:
    return reverse(f"communities:{noun}_follow", args=names)
