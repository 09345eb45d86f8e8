"""What machines fetch: feeds, sitemap, robots.txt. Only what a stranger may read, whoever asks."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Max, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

import markup
from communities import rules
from communities.models import Answer, Community, Post, Tag
from communities.models.content import NOT_DELETED
from communities.public import absolute
from markup.characters import printable

STRANGER = AnonymousUser()


@require_safe
@conditional_page
def community_feed(request: HttpRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(Community.objects.visible_to(STRANGER), slug=slug)
    posts = Post.objects.filter(NOT_DELETED, community=community).order_by("-created_at", "-pk")
    return _feed(request, community.name, community.tagline, community.get_absolute_url(), _posts(posts))


@require_safe
@conditional_page
def tag_feed(request: HttpRequest, slug: str, tag: str) -> HttpResponse:
    """That of a synonym is the feed of what it stands for."""
    tags = Tag.objects.approved().filter(community__in=Community.objects.visible_to(STRANGER))
    shown = get_object_or_404(tags.select_related("community", "synonym_of"), community__slug=slug, slug=tag)
    if shown.synonym_of:
        return redirect("communities:tag_feed", slug, shown.synonym_of.slug)
    posts = Post.objects.filter(NOT_DELETED, tagged__tag=shown).order_by("-tagged__posted_at", "-pk")
    title = f"{shown.community.name}: {shown.name}"
    return _feed(request, title, shown.community.tagline, shown.get_absolute_url(), _posts(posts))


@require_safe
@conditional_page
def post_feed(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The newest answers, and the post itself at the end."""
    posts = Post.objects.visible_to(STRANGER).select_related("author", "community")
    post = get_object_or_404(posts, pk=pk, community__slug=slug)
    answers = Answer.objects.filter(NOT_DELETED, post=post).select_related("author").order_by("-created_at", "-pk")
    address = absolute(post.get_absolute_url())
    by = _("Answer by %(name)s") if post.is_question else _("Reply by %(name)s")
    items: list[tuple[str, str, Post | Answer]] = [
        (by % {"name": answer.author.display_name}, f"{address}#{answer.anchor}", answer)
        for answer in answers[: rules.FEED_ITEMS]
    ]
    items.append((post.title, address, post))
    return _feed(request, post.title, post.community.name, post.get_absolute_url(), items)


def _posts(posts: QuerySet[Post]) -> list[tuple[str, str, Post | Answer]]:
    newest = posts.select_related("author", "community")[: rules.FEED_ITEMS]
    return [(post.title, absolute(post.get_absolute_url()), post) for post in newest]


def _feed(
    request: HttpRequest, title: str, description: str, path: str, items: Iterable[tuple[str, str, Post | Answer]]
) -> HttpResponse:
    feed = Rss201rev2Feed(
        title=printable(title),
        link=absolute(path),
        description=printable(description) or printable(title),
        feed_url=absolute(request.path),
    )
    for name, address, content in items:
        feed.add_item(
            title=printable(name),
            link=address,
            unique_id=absolute(content.permanent_url),
            description=markup.plain_text(content.body, rules.MACHINE_TEXT_LENGTH),
            author_name=printable(content.author.display_name),
            pubdate=content.created_at,
            updateddate=content.edited_at or content.created_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Which files there are: one for places, one for every ten thousand post numbers."""
    parts = [reverse("communities:sitemap_posts", args=[part]) for part in range(_last_part() + 1)]
    files = [absolute(path) for path in (reverse("communities:sitemap_places"), *parts)]
    return _xml(request, "communities/sitemap_index.xml", {"files": files})


def _last_part() -> int:
    last: int = Post.objects.aggregate(last=Max("pk"))["last"] or 0
    return last // rules.SITEMAP_SPAN


@require_safe
def sitemap_posts(request: HttpRequest, part: int) -> HttpResponse:
    if part > _last_part():
        raise Http404
    first = part * rules.SITEMAP_SPAN
    posts = Post.objects.visible_to(STRANGER).indexed().filter(pk__gte=first, pk__lt=first + rules.SITEMAP_SPAN)
    slim = posts.annotate(changed=Coalesce(F("edited_at"), F("created_at"))).select_related("community")
    slim = slim.only("title", "kind", "edited_at", "created_at", "community", "community__slug").order_by("pk")
    pages = [(absolute(post.get_absolute_url()), post.changed) for post in slim]
    return _xml(request, "communities/sitemap.xml", {"pages": pages})


@require_safe
def sitemap_places(request: HttpRequest) -> HttpResponse:
    """Communities, and the tags that are in use."""
    communities = Community.objects.visible_to(STRANGER).order_by("pk")
    tags = Tag.objects.approved().filter(community__in=communities, synonym_of=None, post_count__gt=0)
    tags = tags.select_related("community").order_by("-post_count", "pk")
    pages: list[tuple[str, datetime | None]] = [(absolute(reverse("home")), None)]
    pages += [(absolute(community.get_absolute_url()), None) for community in communities[: rules.SITEMAP_SPAN]]
    pages += [(absolute(tag.get_absolute_url()), None) for tag in tags[: rules.SITEMAP_SPAN]]
    return _xml(request, "communities/sitemap.xml", {"pages": pages})


def _xml(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap": absolute(reverse("communities:sitemap"))}
    return render(request, "communities/robots.txt", context, content_type="text/plain")
