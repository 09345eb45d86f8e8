"""Drafts: what one has begun to write."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from accounts.requests import MemberRequest
from communities.actions.drafting import delete_draft, restore_draft, save_draft
from communities.drafts import Known, Place, says_something, texts_of
from communities.models import Draft, DraftKind
from communities.views.access import count_against_limit, seen_community
from communities.views.drafts import NOTHING, check_writes, seen_place
from net.faults import unfit
from net.problems import Problem
from net.sent import Sent

router = Router(tags=["drafts"])


class DraftOut(Schema):
    id: int
    version: str = Field(description="The next save names it as `began_with`.")
    kind: DraftKind
    community: str
    post: int | None
    answer: int | None
    comment: int | None
    fields: dict[str, str]
    saved_at: datetime


class DraftsOut(Schema):
    drafts: list[DraftOut]


class DraftIn(Sent):
    kind: DraftKind
    target: int | str = Field(description="The id of what it is written to; of a new post the slug of the community.")
    fields: dict[str, str] = Field(description="As the form sends them: `title`, `body`, `goal` …")
    began_with: str = Field("", description="The `version` that was written on; else a draft of its own is made.")


@router.get("drafts", response=DraftsOut, url_name="drafts", summary="Your drafts")
def mine(request: MemberRequest) -> dict[str, Any]:
    """All of them, the latest first."""
    return {"drafts": [_out(draft) for draft in Draft.objects.of(request.user).select_related("community")]}


@router.post("drafts", response=DraftOut, url_name="draft_save", summary="Keep a draft")
def save(request: MemberRequest, sent: DraftIn) -> dict[str, Any]:
    """What another window wrote meanwhile stays beside it."""
    place = _place(request, sent)
    check_writes(request.user, place)
    fields = texts_of(sent.fields)
    if not says_something(fields):
        raise unfit({"fields": str(NOTHING)})
    count_against_limit(request, "draft")
    try:
        draft = save_draft(place, by=request.user, fields=fields, known=Known.read(sent.began_with))
    except PermissionDenied as refusal:
        raise Problem(422, str(refusal)) from None
    draft.community = place.community
    return _out(draft)


@router.delete("drafts/{int:pk}", response={204: None}, url_name="draft_delete", summary="Delete a draft")
def delete(request: MemberRequest, pk: int) -> Status[None]:
    """For a day it can be brought back."""
    delete_draft(get_object_or_404(Draft, author=request.user, pk=pk), by=request.user)
    return Status(204, None)


@router.post("drafts/{int:pk}/restore", response=DraftOut, url_name="draft_restore", summary="Bring a draft back")
def restore(request: MemberRequest, pk: int) -> dict[str, Any]:
    restore_draft(get_object_or_404(Draft, author=request.user, pk=pk), by=request.user)
    return _out(get_object_or_404(Draft.objects.of(request.user).select_related("community"), pk=pk))


def _place(request: MemberRequest, sent: DraftIn) -> Place:
    if sent.kind == DraftKind.POST:
        return Place(sent.kind, seen_community(request, str(sent.target))[0])
    if not isinstance(sent.target, int):
        raise unfit({"target": _("This is no id.")})
    return seen_place(request, sent.kind, sent.target)


def _out(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.pk,
        "version": str(Known(draft.pk, draft.version)),
        "kind": draft.kind,
        "community": draft.community.slug,
        "post": draft.post_id,
        "answer": draft.answer_id,
        "comment": draft.comment_id,
        "fields": draft.fields,
        "saved_at": draft.saved_at,
    }
