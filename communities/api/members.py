"""What members show of themselves."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from accounts.models import User
from communities import rules
from communities.activity import answers_of, communities_of, posts_of
from communities.api.conditional import unless_known
from communities.api.texts import PersonOut, PostRow, person_out, post_rows
from communities.public import absolute

router = Router(tags=["members"])


class PlaceRef(Schema):
    slug: str
    name: str


class GivenAnswer(Schema):
    id: int
    post: int
    title: str = Field(description="Of the post.")
    community: str
    up: int
    down: int
    is_accepted: bool
    created_at: datetime
    url: str


class MemberOut(PersonOut):
    bio: str
    avatar_url: str
    joined_at: datetime
    is_imported: bool = Field(description="An import made it, and the person has not signed in yet.")
    origin_url: str | None
    communities: list[PlaceRef] = Field(description="Those that you may see, unless they keep them to themselves.")
    posts: list[PostRow] = Field(description="The latest that you may see.")
    answers: list[GivenAnswer] = Field(description="The latest that you may see.")


@router.get("members/{username}", response={200: MemberOut, 304: None}, url_name="member", summary="A member")
def read(request: HttpRequest, response: HttpResponse, username: str) -> HttpResponse | dict[str, Any]:
    member = get_object_or_404(User.objects.visible_to(request.user), username__iexact=username)
    answers = [
        {
            "id": answer.pk,
            "post": answer.post_id,
            "title": answer.post.title,
            "community": answer.post.community.slug,
            "up": answer.up,
            "down": answer.down,
            "is_accepted": answer.accepted_at is not None,
            "created_at": answer.created_at,
            "url": absolute(answer.get_absolute_url()),
        }
        for answer in answers_of(member, request.user)[: rules.ON_PROFILE]
    ]
    data = person_out(member) | {
        "bio": member.bio,
        "avatar_url": absolute(member.avatar_url),
        "joined_at": member.date_joined,
        "is_imported": member.is_stub,
        "origin_url": member.origin_url,
        "communities": [{"slug": one.slug, "name": one.name} for one in communities_of(member, request.user)],
        "posts": post_rows(list(posts_of(member, request.user)[: rules.ON_PROFILE])),
        "answers": answers,
    }
    return unless_known(request, response, data) or data
