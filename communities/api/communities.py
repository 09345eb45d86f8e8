"""Communities: all that one may see, one of them, and the lists of its posts."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from communities.api.conditional import unless_known
from communities.api.pages import AFTER, LIMIT, lost_page, rows_after
from communities.api.texts import PersonOut, PostRow, person_out, post_rows
from communities.keyset import LARGEST, Page, keyset_page, newest_of_tag
from communities.models import (
    Community,
    Downvotes,
    Language,
    Licence,
    Membership,
    Post,
    Role,
    Tag,
    Trust,
    Visibility,
)
from communities.models.content import NOT_DELETED
from communities.public import absolute
from communities.reading import community_to_read
from communities.tabs import ORDERS, Tab, of_tab
from communities.views.access import found, seen_community
from net.leading import lead_on
from net.problems import Problem

router = Router(tags=["communities"])


class CommunityRow(Schema):
    slug: str
    name: str
    tagline: str
    visibility: Visibility
    language: Language
    member_count: int
    post_count: int
    is_member: bool
    url: str


class CommunitiesOut(Schema):
    communities: list[CommunityRow]
    next: str | None = Field(description="The value of `after` for the next page.")


class MembershipOut(Schema):
    role: Role
    trust: int = Field(description="0 new, 1 known, 2 trusted, 3 and more; what you may do follows from it.")
    joined_at: datetime


class CommunityOut(CommunityRow):
    about: str = Field(description="Markdown.")
    about_html: str
    question_template: str = Field(description="What a new question begins with.")
    asking_hints_html: str
    licence: Licence
    downvotes: Downvotes = Field(description="What can be voted down.")
    has_second_answers: bool
    has_ai_use: bool
    owners: list[PersonOut]
    created_at: datetime
    mine: MembershipOut | None = Field(description="Your membership.")


class PostsOut(Schema):
    posts: list[PostRow]
    next: str | None = Field(description="The value of `after` for the next page.")


@router.get(
    "communities",
    response={200: CommunitiesOut, 304: None},
    url_name="communities",
    summary="The communities that you may see",
)
def directory(
    request: HttpRequest, response: HttpResponse, after: str = AFTER, limit: int = LIMIT
) -> HttpResponse | dict[str, Any]:
    """Those with the most members first."""
    shown, further = rows_after(LARGEST, after, limit, Community.objects.visible_to(request.user))
    mine = set(Community.objects.with_member(request.user).values_list("pk", flat=True)) if request.user.pk else set()
    data = {"communities": [_row(one, is_member=one.pk in mine) for one in shown], "next": further or None}
    if further:
        lead_on(request, response, after=further)
    return unless_known(request, response, data) or data


@router.get(
    "communities/{slug:slug}", response={200: CommunityOut, 304: None}, url_name="community", summary="A community"
)
def read(request: HttpRequest, response: HttpResponse, slug: str) -> HttpResponse | dict[str, Any]:
    community, me = seen_community(request, slug)
    data = community_out(community, me)
    return unless_known(request, response, data) or data


@router.get(
    "communities/{slug:slug}/posts",
    response={200: PostsOut, 304: None},
    url_name="community_posts",
    summary="Posts of a community",
)
def posts(
    request: HttpRequest,
    response: HttpResponse,
    slug: str,
    show: Tab = Tab.NEWEST,
    tag: str = "",
    after: str = AFTER,
    limit: int = LIMIT,
) -> HttpResponse | dict[str, Any]:
    """The same lists as on its page. Those with a `tag` come newest first."""
    community = found(community_to_read(slug, request.user))
    if tag:
        page = _of_tag(community, tag, show, after, limit)
    else:
        standing = Post.objects.filter(NOT_DELETED, community=community)  # who sees the community sees its posts
        page = keyset_page(ORDERS[show], after, limit, of_tab(standing, show, request.user))
    return posts_out(request, response, page)


def posts_out(request: HttpRequest, response: HttpResponse, page: Page) -> HttpResponse | dict[str, Any]:
    """One page of a list."""
    if page.is_lost:
        raise lost_page()
    if page.next_cursor:
        lead_on(request, response, after=page.next_cursor)
    facts = [(post.pk, post.version, post.active_at) for post in page.posts]
    if known := unless_known(request, response, facts, page.next_cursor):
        return known
    return {"posts": post_rows(page.posts), "next": page.next_cursor or None}


def _of_tag(community: Community, slug: str, show: Tab, after: str, limit: int) -> Page:
    """Another word for a tag is that tag."""
    if show != Tab.NEWEST:
        sentence = _("Posts with a tag come newest first only.")
        raise Problem(422, sentence, errors=[{"where": ["query", "show"], "detail": sentence}])
    tag = get_object_or_404(Tag.objects.approved().select_related("synonym_of"), community=community, slug=slug)
    return newest_of_tag(tag.synonym_of or tag, after, limit)


def community_out(community: Community, me: Membership | None) -> dict[str, Any]:
    owners = Membership.objects.filter(community=community, role=Role.OWNER).select_related("user").order_by("pk")
    mine = None if me is None else {"role": me.role, "trust": Trust(me.trust).value, "joined_at": me.joined_at}
    return _row(community, is_member=me is not None) | {
        "about": community.about,
        "about_html": community.about_html,
        "question_template": community.question_template,
        "asking_hints_html": community.asking_hints_html,
        "licence": community.licence,
        "downvotes": community.downvotes,
        "has_second_answers": community.has_second_answers,
        "has_ai_use": community.has_ai_use,
        "owners": [person_out(owner.user) for owner in owners],
        "created_at": community.created_at,
        "mine": mine,
    }


def _row(community: Community, *, is_member: bool) -> dict[str, Any]:
    return {
        "slug": community.slug,
        "name": community.name,
        "tagline": community.tagline,
        "visibility": community.visibility,
        "language": community.language,
        "member_count": community.member_count,
        "post_count": community.post_count,
        "is_member": is_member,
        "url": absolute(community.get_absolute_url()),
    }
