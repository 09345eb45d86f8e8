"""The tags of a community."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from communities import rules
from communities.api.conditional import unless_known
from communities.api.pages import AFTER, LIMIT, rows_after
from communities.api.texts import TagRef
from communities.keyset import MOST_USED
from communities.models import Tag
from communities.reading import community_to_read
from communities.views.access import found
from net.leading import lead_on

router = Router(tags=["tags"])


class TagRow(TagRef):
    is_topic: bool = Field(description="It stands in the tree of the community's topics.")
    parent: str | None = Field(description="The slug of the topic above it.")
    post_count: int


class TagsOut(Schema):
    tags: list[TagRow]
    next: str | None = Field(description="The value of `after` for the next page.")


class TagOut(TagRow):
    wiki: str = Field(description="What it is about, in Markdown.")
    wiki_html: str
    synonyms: list[TagRef] = Field(description="Other words for it.")
    below: list[TagRef] = Field(description="Topics below this one.")


@router.get(
    "communities/{slug:slug}/tags", response={200: TagsOut, 304: None}, url_name="community_tags", summary="Tags"
)
def directory(
    request: HttpRequest,
    response: HttpResponse,
    slug: str,
    q: str = Query("", description="Only those with this in their name."),
    after: str = AFTER,
    limit: int = LIMIT,
) -> HttpResponse | dict[str, Any]:
    """The most used first, topics among them."""
    community = found(community_to_read(slug, request.user))
    tags = Tag.objects.approved().filter(community=community, synonym_of=None).select_related("parent")
    if wanted := q.strip()[: rules.TAG_MAX]:
        tags = tags.filter(name__icontains=wanted)
    shown, further = rows_after(MOST_USED, after, limit, tags)
    if further:
        lead_on(request, response, after=further)
    data = {"tags": [_row(tag) for tag in shown], "next": further or None}
    return unless_known(request, response, data) or data


@router.get(
    "communities/{slug:slug}/tags/{tag}", response={200: TagOut, 304: None}, url_name="community_tag", summary="A tag"
)
def read(request: HttpRequest, response: HttpResponse, slug: str, tag: str) -> HttpResponse | dict[str, Any]:
    """Another word for a tag gives that tag."""
    community = found(community_to_read(slug, request.user))
    around = ("parent", "synonym_of__parent")
    approved = Tag.objects.approved().filter(community=community).select_related(*around)
    named = get_object_or_404(approved, slug=tag)
    shown = named.synonym_of or named
    synonyms, below = (relation.order_by("name") for relation in (shown.synonyms, shown.children))
    data = _row(shown) | {
        "wiki": shown.wiki,
        "wiki_html": shown.wiki_html,
        "synonyms": [{"name": one.name, "slug": one.slug} for one in synonyms],
        "below": [{"name": one.name, "slug": one.slug} for one in below],
    }
    return unless_known(request, response, data) or data


def _row(tag: Tag) -> dict[str, Any]:
    return {
        "name": tag.name,
        "slug": tag.slug,
        "is_topic": tag.is_topic,
        "parent": tag.parent.slug if tag.parent else None,
        "post_count": tag.post_count,
    }
