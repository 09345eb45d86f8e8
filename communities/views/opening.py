"""What a form opens with: text that waited behind the sign-in, or else a draft."""

from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.kept import kept_text
from accounts.requests import MemberRequest
from communities.actions.drafting import save_draft
from communities.drafts import Known, Opened, Place, opened, opened_again, opened_on, says_something, texts_of


def open_form(request: MemberRequest, place: Place, *, below: str = "") -> tuple[Opened, dict[str, Any]]:
    """The drafts of the place, where the reader may write, and what its fields hold at first.

    A text that waited was to be put `below` this one, if its button says so.
    """
    kept = kept_text(request)
    if request.method == "POST":
        return opened_again(place, request.user, request.POST), kept
    if kept:
        if "append" in kept:
            kept["body"] = f"{below}\n\n{kept.get('body', '')}"
        return _saved(request, place, kept), kept
    drafts = opened(place, request.user, wanted=request.GET.get("draft", ""))
    return drafts, drafts.fields


def _saved(request: MemberRequest, place: Place, kept: dict[str, Any]) -> Opened:
    """It waited in a session, which gives it out once: from here on it is a draft, beside what other windows wrote."""
    fields = texts_of(kept)
    if not says_something(fields):
        return opened_again(place, request.user, kept)
    try:
        draft = save_draft(place, by=request.user, fields=fields, known=Known.read(kept.get("draft", "")))
    except PermissionDenied as refusal:
        return opened_again(place, request.user, kept, sentence=str(refusal))
    return opened_on(place, request.user, draft)
