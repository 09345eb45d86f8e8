"""The tags of a community: all of them, and the page of one."""

from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from communities import rules
from communities.feeds import feed_rows
from communities.keyset import newest_of_tag
from communities.models import Tag
from communities.topics import topic_tree
from communities.views.access import seen_community


@require_safe
def directory(request: HttpRequest, slug: str) -> HttpResponse:
    """The tree of topics and the most used tags; with `q` those whose name holds it."""
    community, me = seen_community(request, slug)
    tags = Tag.objects.approved().filter(community=community, synonym_of=None)
    wanted = request.GET.get("q", "").replace("\x00", "").strip()[: rules.TAG_MAX]
    found = tags.filter(name__icontains=wanted) if wanted else tags.filter(is_topic=False)
    context = {
        "community": community,
        "me": me,
        "wanted": wanted,
        "topics": [] if wanted else topic_tree(tags.topics()),
        "tags": found.order_by("-post_count", "slug")[: rules.TAGS_PER_PAGE],
    }
    return render(request, "communities/tags_page.html", context)


@require_safe
def detail(request: HttpRequest, slug: str, tag: str) -> HttpResponse:
    community, me = seen_community(request, slug)
    approved = Tag.objects.approved().filter(community=community)
    shown = get_object_or_404(approved.select_related("synonym_of__community", "parent"), slug=tag)
    if shown.synonym_of:
        return redirect(shown.synonym_of, permanent=True)
    near = Tag.objects.filter(Q(parent=shown) | Q(synonym_of=shown)).order_by("name")
    page = newest_of_tag(shown, request.GET.get("after", ""), rules.POSTS_PER_PAGE)
    context = {
        "community": community,
        "me": me,
        "tag": shown,
        "below": [tag for tag in near if tag.parent_id],
        "synonyms": [tag for tag in near if tag.synonym_of_id],
        "rows": feed_rows(page.posts, community),
        "next_url": "?" + urlencode({"after": page.next_cursor}) if page.next_cursor else "",
    }
    return render(request, "communities/tag_page.html", context)
