"""Suggested edits: suggesting, reworking, deciding together."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from accounts.requests import MemberRequest
from communities import permissions, rules
from communities.actions.suggesting import (
    approve_suggestion,
    reject_suggestion,
    rework_suggestion,
    suggest_edit,
    withdraw_suggestion,
)
from communities.actions.unfit import Unfit
from communities.api.revisions import LineOut, line_out
from communities.api.texts import PersonOut, person_out
from communities.api.writing import as_sent, moved
from communities.differences import difference
from communities.forms.editing import ReasonForm
from communities.history import Moved, words_in, words_of
from communities.models import Answer, Membership, Post, Suggestion
from communities.public import absolute
from communities.views.access import count_against_limit, seen_answer, seen_community, seen_post, seen_suggestion
from communities.views.suggestions import as_taken, form_for
from net.faults import checked, unfit
from net.problems import Problem
from net.sent import Sent

router = Router(tags=["suggested edits"])


class SuggestionRow(Schema):
    id: int
    post: int
    answer: int | None = Field(description="null: it is about the post itself.")
    author: PersonOut
    note: str
    created_at: datetime
    state: Literal["waiting", "approved", "rejected"]
    reason: str = Field(description="Why it was rejected.")
    url: str


class SuggestionsOut(Schema):
    edits: list[SuggestionRow]


class SuggestionOut(SuggestionRow):
    title: str
    body: str = Field(description="Markdown, as it would read.")
    tags: list[str]
    text_version: str = Field(description="Of the text as it reads now; a rework sends it back as `began_with`.")
    changes: list[LineOut] = Field(description="In the text: while it waits against what is read now.")
    approved_by: int = Field(description="So many said yes so far.")


class SuggestionIn(Sent):
    """What is not named stays as it is; of an answer there is only `body`."""

    title: str | None = None
    body: str | None = None
    topic: str | None = Field(None, description="The slug of a topic; it may as well be among the tags.")
    tags: list[str] | None = Field(None, description="Of those that the community has.")
    note: str = Field("", description="What you changed.")
    began_with: str = Field("", description="The `text_version` of the text that you changed.")


class RejectIn(Sent):
    reason: str = Field(description="For who suggested it.")


@router.get(
    "communities/{slug:slug}/edits", response=SuggestionsOut, url_name="community_edits", summary="Suggested edits"
)
def waiting(request: MemberRequest, slug: str) -> dict[str, Any]:
    """Those that wait and concern you, the oldest first."""
    community, _me = seen_community(request, slug)
    found = Suggestion.objects.waiting().visible_to(request.user).filter(post__community=community)
    rows = found.select_related("author", "post__community", "answer").order_by("pk")[: rules.SUGGESTIONS_SHOWN]
    return {"edits": [_row(one) for one in rows]}


@router.get("edits/{int:pk}", response=SuggestionOut, url_name="edit", summary="A suggested edit")
def read(request: MemberRequest, pk: int) -> dict[str, Any]:
    return _out(seen_suggestion(request, pk))


@router.post("posts/{int:pk}/edits", response={201: SuggestionOut}, url_name="post_suggest", summary="Suggest an edit")
def for_post(request: MemberRequest, pk: int, sent: SuggestionIn) -> Status[dict[str, Any]]:
    """Of what you can't change yourself; one may wait for each text. 409 with both texts when it no longer says what
    `began_with` names."""
    return _suggest(request, seen_post(request, pk), sent)


@router.post(
    "answers/{int:pk}/edits", response={201: SuggestionOut}, url_name="answer_suggest", summary="Suggest an edit"
)
def for_answer(request: MemberRequest, pk: int, sent: SuggestionIn) -> Status[dict[str, Any]]:
    return _suggest(request, seen_answer(request, pk), sent)


@router.patch("edits/{int:pk}", response=SuggestionOut, url_name="edit_rework", summary="Rework it")
def rework(request: MemberRequest, pk: int, sent: SuggestionIn) -> dict[str, Any]:
    """Who suggested it, or decides about it alone. What others said about it is void."""
    suggestion = seen_suggestion(request, pk)
    content = suggestion.content
    me = Membership.objects.of(request.user, content.post.community)
    if not permissions.can_rework(me, suggestion, request.user):
        raise PermissionDenied(_("Only who suggested this, or who decides about it, can rework it."))
    suggested = {"title": suggestion.title, "body": suggestion.body, "tags": suggestion.slugs, "note": suggestion.note}
    _written(
        request, content, me, suggested, sent, lambda given: rework_suggestion(suggestion, by=request.user, **given)
    )
    return _now(request, pk)


@router.post("edits/{int:pk}/approve", response=SuggestionOut, url_name="edit_approve", summary="Say yes to it")
def approve(request: MemberRequest, pk: int) -> dict[str, Any]:
    """Authors, mentors and moderators decide alone, members whom the community trusts by two. 409 when the text is
    another than the one that it began with: rework it first."""
    suggestion = seen_suggestion(request, pk)
    count_against_limit(request, "edit")
    try:
        approve_suggestion(suggestion, by=request.user)
    except Moved:
        given = {"title": suggestion.title, "body": suggestion.body, "tags": suggestion.slugs}
        raise moved(suggestion.content, given) from None
    return _now(request, pk)


@router.post("edits/{int:pk}/reject", response=SuggestionOut, url_name="edit_reject", summary="Say no to it")
def reject(request: MemberRequest, pk: int, sent: RejectIn) -> dict[str, Any]:
    suggestion = seen_suggestion(request, pk)
    reason = checked(ReasonForm(sent.dict()))["reason"]
    count_against_limit(request, "edit")
    reject_suggestion(suggestion, by=request.user, reason=reason)
    return _now(request, pk)


@router.post("edits/{int:pk}/withdraw", response=SuggestionOut, url_name="edit_withdraw", summary="Take it back")
def withdraw(request: MemberRequest, pk: int) -> dict[str, Any]:
    suggestion = seen_suggestion(request, pk)
    count_against_limit(request, "edit")
    withdraw_suggestion(suggestion, by=request.user)
    return _now(request, pk)


def _suggest(request: MemberRequest, content: Post | Answer, sent: SuggestionIn) -> Status[dict[str, Any]]:
    me = Membership.objects.of(request.user, content.post.community)
    if not permissions.can_suggest(me, content):
        raise PermissionDenied(_("You can change this yourself, or you only read here."))
    words = words_of(content)
    now = {"title": words.title, "body": words.body, "tags": list(words.tags)}
    made: Suggestion = _written(
        request, content, me, now, sent, lambda given: suggest_edit(content, by=request.user, **given)
    )
    return Status(201, _now(request, made.pk))


def _written(
    request: MemberRequest,
    content: Post | Answer,
    me: Membership | None,
    before: dict[str, Any],
    sent: SuggestionIn,
    write: Callable[[dict[str, Any]], Any],
) -> Any:
    """Writes what was sent over what was there, by the form of the page."""
    given = sent.dict(exclude_unset=True)
    if isinstance(content, Answer):
        strange = [name for name in ("title", "topic", "tags") if name in given]
        if strange:
            raise unfit(dict.fromkeys(strange, _("An answer has no such field.")))
    form = form_for(content, me, as_sent(before | given), {})
    checked(form)
    count_against_limit(request, "edit")
    try:
        return write(as_taken(form))
    except Moved:
        raise moved(content, given) from None
    except Unfit as refusal:
        raise Problem(422, str(refusal)) from None


def _now(request: MemberRequest, pk: int) -> dict[str, Any]:
    return _out(seen_suggestion(request, pk))


def _row(suggestion: Suggestion) -> dict[str, Any]:
    decided = "approved" if suggestion.revision_id else "rejected"
    return {
        "id": suggestion.pk,
        "post": suggestion.post_id,
        "answer": suggestion.answer_id,
        "author": person_out(suggestion.author),
        "note": suggestion.note,
        "created_at": suggestion.created_at,
        "state": "waiting" if suggestion.decided_at is None else decided,
        "reason": suggestion.reason,
        "url": absolute(suggestion.get_absolute_url()),
    }


def _out(suggestion: Suggestion) -> dict[str, Any]:
    now = words_of(suggestion.content)
    before = now if suggestion.decided_at is None else words_in(suggestion.base)
    return _row(suggestion) | {
        "title": suggestion.title,
        "body": suggestion.body,
        "tags": suggestion.slugs,
        "text_version": now.fingerprint,
        "changes": [line_out(one) for one in difference(before.body, suggestion.body)],
        "approved_by": suggestion.verdicts.filter(reason="").count(),
    }
