"""Comments on posts and answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from accounts.requests import MemberRequest
from communities.actions.commenting import add_comment, delete_comment, edit_comment, resolve_comment, restore_comment
from communities.api.conditional import unless_known
from communities.api.pages import AFTER, LIMIT, rows_after
from communities.api.texts import CommentOut, comment_out
from communities.api.writing import SAID, WHY, EditIn, moved, reason_given
from communities.forms.comments import CommentEditForm, CommentForm
from communities.history import Moved, words_of
from communities.keyset import OLDEST
from communities.models import Answer, CommentKind, Post
from communities.remarks import comments_on
from communities.views.access import (
    comment_or_deleted,
    count_against_limit,
    editor_of,
    read_answer,
    read_post,
    seen_answer,
    seen_comment,
    seen_post,
)
from communities.views.comments import commenter_of
from communities.views.saved import who_is_not_told
from net.faults import checked
from net.leading import lead_on
from net.sent import Sent

router = Router(tags=["comments"])


class CommentsOut(Schema):
    comments: list[CommentOut]
    next: str | None = Field(description="The value of `after` for the next page.")


class SavedCommentOut(CommentOut):
    said: list[str] = SAID


class CommentIn(Sent):
    body: str
    kind: CommentKind = CommentKind.TALK


class CommentEditIn(EditIn):
    """What is not named stays as it is."""

    body: str | None = None


@router.get(
    "posts/{int:pk}/comments",
    response={200: CommentsOut, 304: None},
    url_name="post_comments",
    summary="Comments on a post",
)
def on_post(
    request: HttpRequest, response: HttpResponse, pk: int, after: str = AFTER, limit: int = LIMIT
) -> HttpResponse | dict[str, Any]:
    """The oldest first; those on its answers are not among them."""
    return _below(request, response, read_post(request, pk), after, limit)


@router.post("posts/{int:pk}/comments", response={201: SavedCommentOut}, url_name="post_comment", summary="Comment")
def comment_on_post(request: MemberRequest, pk: int, sent: CommentIn) -> Status[dict[str, Any]]:
    """The same text again within ten minutes is the same comment."""
    return _comment(request, seen_post(request, pk), sent)


@router.get(
    "answers/{int:pk}/comments",
    response={200: CommentsOut, 304: None},
    url_name="answer_comments",
    summary="Comments on an answer",
)
def on_answer(
    request: HttpRequest, response: HttpResponse, pk: int, after: str = AFTER, limit: int = LIMIT
) -> HttpResponse | dict[str, Any]:
    return _below(request, response, read_answer(request, pk), after, limit)


@router.post("answers/{int:pk}/comments", response={201: SavedCommentOut}, url_name="answer_comment", summary="Comment")
def comment_on_answer(request: MemberRequest, pk: int, sent: CommentIn) -> Status[dict[str, Any]]:
    return _comment(request, seen_answer(request, pk), sent)


@router.get("comments/{int:pk}", response={200: CommentOut, 304: None}, url_name="comment", summary="A comment")
def read(request: HttpRequest, response: HttpResponse, pk: int) -> HttpResponse | dict[str, Any]:
    data = comment_now(request, pk)
    return unless_known(request, response, data) or data


@router.patch("comments/{int:pk}", response=SavedCommentOut, url_name="comment_edit", summary="Change a comment")
def edit(request: MemberRequest, pk: int, sent: CommentEditIn) -> dict[str, Any]:
    """409 with both texts when it no longer says what `began_with` names."""
    comment = seen_comment(request, pk)
    me = editor_of(request, comment)
    given = sent.dict(exclude_unset=True)
    now = {"body": comment.body, "began_with": words_of(comment).fingerprint}
    written = checked(CommentEditForm(now | given, me=me, is_own=comment.author_id == request.user.pk))
    count_against_limit(request, "edit")
    try:
        edited = edit_comment(comment, by=request.user, **written)
    except Moved:
        raise moved(comment, given) from None
    return comment_now(request, pk) | {"said": who_is_not_told(edited, me)}


@router.delete("comments/{int:pk}", response={204: None}, url_name="comment_delete", summary="Delete a comment")
def delete(request: MemberRequest, pk: int, reason: str = WHY) -> Status[None]:
    """It can be brought back for thirty days."""
    comment = seen_comment(request, pk)
    why = reason_given(request, comment, reason)
    count_against_limit(request, "edit")
    delete_comment(comment, by=request.user, reason=why)
    return Status(204, None)


@router.post(
    "comments/{int:pk}/restore", response=CommentOut, url_name="comment_restore", summary="Bring a comment back"
)
def restore(request: MemberRequest, pk: int) -> dict[str, Any]:
    comment = comment_or_deleted(request, pk)
    count_against_limit(request, "edit")
    restore_comment(comment, by=request.user)
    return comment_now(request, pk)


@router.put("comments/{int:pk}/resolved", response=CommentOut, url_name="comment_resolve", summary="It is clarified")
def resolve(request: MemberRequest, pk: int) -> dict[str, Any]:
    return _resolve(request, pk, is_resolved=True)


@router.delete(
    "comments/{int:pk}/resolved", response=CommentOut, url_name="comment_unresolve", summary="It is not clarified"
)
def unresolve(request: MemberRequest, pk: int) -> dict[str, Any]:
    return _resolve(request, pk, is_resolved=False)


def _resolve(request: MemberRequest, pk: int, *, is_resolved: bool) -> dict[str, Any]:
    comment = seen_comment(request, pk)
    count_against_limit(request, "edit")
    resolve_comment(comment, by=request.user, is_resolved=is_resolved)
    return comment_now(request, pk)


def comment_now(request: HttpRequest, pk: int) -> dict[str, Any]:
    """As it stands."""
    comment = seen_comment(request, pk)
    if comment.answer:
        comment.answer.post = comment.post
    return comment_out(comment)


def _comment(request: MemberRequest, target: Post | Answer, sent: CommentIn) -> Status[dict[str, Any]]:
    me = commenter_of(request, target)
    written = checked(CommentForm(sent.dict(), me=me))
    count_against_limit(request, "comment")
    comment = add_comment(target, by=request.user, **written)
    return Status(201, comment_now(request, comment.pk) | {"said": who_is_not_told(comment, me)})


def _below(
    request: HttpRequest, response: HttpResponse, target: Post | Answer, after: str, limit: int
) -> HttpResponse | dict[str, Any]:
    shown, further = rows_after(OLDEST, after, limit, comments_on(target))
    if further:
        lead_on(request, response, after=further)
    if known := unless_known(request, response, target.anchor, target.version, after, limit):
        return known
    for comment in shown:
        comment.post = target.post
        comment.answer = target if isinstance(target, Answer) else None
    return {"comments": [comment_out(comment) for comment in shown], "next": further or None}
