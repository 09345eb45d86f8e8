"""What one follows, and how much one hears of it."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from accounts.models import User
from accounts.requests import MemberRequest
from communities.actions.following import Target, follow
from communities.followed import followable_by, followed_by
from communities.models import Follow, Level
from communities.public import absolute
from communities.views.access import count_against_limit, read_post, seen_community
from communities.views.following import followable_tag
from net.sent import Sent

router = Router(tags=["following"])


class FollowOut(Schema):
    level: Level
    kind: str = Field(description="`community`, `tag`, `post` or `person`.")
    name: str
    url: str


class FollowingOut(Schema):
    following: list[FollowOut]


class LevelIn(Sent):
    level: Level = Field(description="`all` comes to the inbox, `digest` waits for the digest, `off` is nothing.")


@router.get("following", response=FollowingOut, url_name="following", summary="All that you follow")
def mine(request: MemberRequest) -> dict[str, Any]:
    """As far as you may still see it."""
    return {"following": [_out(one) for _heading, lines in followed_by(request.user) for one, _address in lines]}


@router.put("communities/{slug:slug}/follow", response=FollowOut, url_name="community_follow", summary="Follow it")
def community(request: MemberRequest, slug: str, sent: LevelIn) -> dict[str, Any]:
    return _follow(request, seen_community(request, slug)[0], sent)


@router.put(
    "communities/{slug:slug}/tags/{tag}/follow",
    response=FollowOut,
    url_name="community_tag_follow",
    summary="Follow a tag",
)
def tag(request: MemberRequest, slug: str, tag: str, sent: LevelIn) -> dict[str, Any]:
    return _follow(request, followable_tag(request, slug, tag), sent)


@router.put("posts/{int:pk}/follow", response=FollowOut, url_name="post_follow", summary="Follow a post")
def post(request: MemberRequest, pk: int, sent: LevelIn) -> dict[str, Any]:
    return _follow(request, read_post(request, pk), sent)


@router.put("members/{username}/follow", response=FollowOut, url_name="member_follow", summary="Follow a member")
def person(request: MemberRequest, username: str, sent: LevelIn) -> dict[str, Any]:
    return _follow(request, get_object_or_404(followable_by(request.user), username__iexact=username), sent)


def _follow(request: MemberRequest, target: Target, sent: LevelIn) -> dict[str, Any]:
    count_against_limit(request, "follow")
    return _out(follow(target, by=request.user, level=sent.level))


def _out(one: Follow) -> dict[str, Any]:
    target: Any = one.target
    kind = "person" if isinstance(target, User) else type(target).__name__.lower()
    return {"level": one.level, "kind": kind, "name": str(target), "url": absolute(target.get_absolute_url())}
