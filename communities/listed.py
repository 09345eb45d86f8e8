"""What is new in a list that somebody keeps, as far as they may see it."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import Resolver404, ResolverMatch, resolve

from accounts.models import User
from communities import rules
from communities.models import Answer, Community, Membership, Post, SavedList, Tag
from communities.searching.find import Order, search
from communities.tabs import Tab, of_tab, tab_named, usual_tab


def count_new(saved: SavedList, since: datetime, until: datetime) -> int:
    """What others wrote in between that stands there now, counted up to a bound."""
    path, _mark, query = saved.address.partition("?")
    try:
        page = resolve(path)
    except Resolver404:  # kept when that address was one of ours
        return 0
    reader, given = saved.owner, QueryDict(query)
    place = Community.objects.visible_to(reader).filter(slug=page.kwargs.get("slug", "")).first()
    if "slug" in page.kwargs and place is None:
        return 0
    shown = _found(given["q"], reader, place) if "q" in given else _listed(page, given, reader, place)
    new = shown.filter(created_at__gt=since, created_at__lte=until).exclude(author=reader)
    return new.order_by()[: rules.LIST_NEWS_MAX].count()


def _found(text: str, reader: User, place: Community | None) -> QuerySet[Post] | QuerySet[Answer]:
    found = search(text[: rules.SEARCH_MAX], reader, place, Order.NEWEST)
    model = Answer if found.conditions.wants_answers else Post
    return model.objects.visible_to(reader).filter(pk__in=found.ids)


def _listed(page: ResolverMatch, given: QueryDict, reader: User, place: Community | None) -> QuerySet[Post]:
    posts = Post.objects.visible_to(reader)
    if place is None:
        mine = Membership.objects.filter(user=reader).values("community")
        return of_tab(posts.filter(community__in=mine), tab_named(given.get("show"), Tab.NEWEST), reader)
    if "tag" in page.kwargs:
        tag = Tag.objects.approved().filter(community=place, slug=page.kwargs["tag"]).first()
        return posts.filter(tagged__tag=tag.synonym_of_id or tag.pk) if tag else posts.none()
    me = Membership.objects.of(reader, place)
    tab = tab_named(given.get("show"), usual_tab(*[me] if me else []))
    return of_tab(posts.filter(community=place), tab, reader)
