"""Comments on posts and answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from communities.api.conditional import unless_known
from communities.api.pages import AFTER, LIMIT, lead_on, rows_after
from communities.api.texts import CommentOut, comment_out
from communities.keyset import OLDEST
from communities.models import Answer, Post
from communities.remarks import comments_on
from communities.views.access import read_answer, read_post

router = Router(tags=["comments"])


class CommentsOut(Schema):
    comments: list[CommentOut]
    next: str | None = Field(description="The value of `after` for the next page.")


@router.get("posts/{int:pk}/comments", response=CommentsOut, url_name="post_comments", summary="Comments on a post")
def on_post(
    request: HttpRequest, response: HttpResponse, pk: int, after: str = AFTER, limit: int = LIMIT
) -> HttpResponse | dict[str, Any]:
    """The oldest first; those on its answers are not among them."""
    return _below(request, response, read_post(request, pk), after, limit)


@router.get(
    "answers/{int:pk}/comments", response=CommentsOut, url_name="answer_comments", summary="Comments on an answer"
)
def on_answer(
    request: HttpRequest, response: HttpResponse, pk: int, after: str = AFTER, limit: int = LIMIT
) -> HttpResponse | dict[str, Any]:
    return _below(request, response, read_answer(request, pk), after, limit)


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
