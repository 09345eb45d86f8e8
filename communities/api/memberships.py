"""Joining and leaving."""

from typing import Any

from ninja import Query, Router, Status

from accounts.requests import MemberRequest
from communities.actions.community import join_community, leave_community
from communities.api.communities import CommunityOut, community_out
from communities.views.access import count_against_limit, seen_community
from communities.views.community import community_to_join

router = Router(tags=["communities"])


@router.put("communities/{slug:slug}/membership", response=CommunityOut, url_name="community_join", summary="Join")
def join(
    request: MemberRequest,
    slug: str,
    invite_key: str | None = Query(None, description="What the invitation link of a private community ends with."),
) -> dict[str, Any]:
    """Nothing happens to a member."""
    community = community_to_join(request, slug, invite_key)
    count_against_limit(request, "join")
    join_community(community, by=request.user, invite_key=invite_key)
    return community_out(*seen_community(request, slug))


@router.delete("communities/{slug:slug}/membership", response={204: None}, url_name="community_leave", summary="Leave")
def leave(request: MemberRequest, slug: str) -> Status[None]:
    """What you wrote there stays."""
    community, _me = seen_community(request, slug)
    count_against_limit(request, "join")
    leave_community(community, by=request.user)
    return Status(204, None)
