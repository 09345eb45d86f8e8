"""What a form opens with: text that waited behind the sign-in, or else a draft."""

from typing import Any

from accounts.kept import kept_text
from accounts.requests import MemberRequest
from communities.drafts import Opened, Place, opened, opened_again


def open_form(request: MemberRequest, place: Place) -> tuple[Opened, dict[str, Any]]:
    """The drafts of the place, and what its fields hold at first."""
    kept = kept_text(request)
    came_back = request.POST if request.method == "POST" else kept
    if came_back:
        return opened_again(place, request.user, came_back.get("draft", "")), kept
    drafts = opened(place, request.user, wanted=request.GET.get("draft", ""))
    return drafts, drafts.fields
