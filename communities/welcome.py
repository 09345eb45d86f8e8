"""What a new member chooses from in their first steps: topics to follow, then communities where these are at home."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Count, Exists, OuterRef

from accounts.models import User
from communities import rules
from communities.actions.community import join_community
from communities.actions.following import follow
from communities.models import Community, Follow, Level, Membership, Tag, Visibility


def offered_topics() -> list[Tag]:
    """The most used tags of the largest public communities, each with its community, those of one together."""
    largest = Community.objects.filter(visibility=Visibility.PUBLIC).order_by("-member_count", "pk")
    places = {place.pk: place for place in largest[: rules.WELCOME_COMMUNITIES]}
    used = Tag.objects.approved().filter(community__in=places, synonym_of=None, post_count__gt=0)
    tags = list(used.order_by("-is_topic", "-post_count", "slug")[: rules.WELCOME_TOPICS])
    for tag in tags:
        tag.community = places[tag.community_id]
    order = list(places)
    return sorted(tags, key=lambda tag: (order.index(tag.community_id), tag.name.lower()))


def followed_among(tags: Iterable[Tag], by: User) -> set[int]:
    chosen = Follow.objects.filter(follower=by, tag__in=tags, level=Level.ALL)
    return {pk for pk in chosen.values_list("tag", flat=True) if pk}


def choose_topics(chosen: Collection[int], offered: Iterable[Tag], *, by: User) -> None:
    """Of the offered ones, `by` follows those that were chosen and no others. Idempotent."""
    with transaction.atomic():
        offered = list(offered)
        before = followed_among(offered, by)
        for tag in offered:
            if (tag.pk in chosen) != (tag.pk in before):
                follow(tag, by=by, level=Level.ALL if tag.pk in chosen else Level.OFF)


def suggested_communities(user: User) -> list[Community]:
    """Public ones: first where most of what they follow is at home, then the largest.

    Each brings `topics`, how many that is, and `is_joined`: those they belong to are still there on the way back.
    """
    mine = Exists(Membership.objects.filter(community=OuterRef("pk"), user=user))
    public = Community.objects.filter(visibility=Visibility.PUBLIC).annotate(is_joined=mine)
    followed = public.filter(tags__follows__follower=user, tags__follows__level=Level.ALL)
    near = followed.annotate(topics=Count("tags")).order_by("-topics", "-member_count", "pk")
    first = list(near[: rules.WELCOME_COMMUNITIES])
    others = public.exclude(pk__in=[place.pk for place in first]).order_by("-member_count", "pk")
    return first + list(others[: rules.WELCOME_COMMUNITIES - len(first)])


def join_communities(chosen: Iterable[Community], *, by: User) -> None:
    for community in chosen:
        join_community(community, by=by)
