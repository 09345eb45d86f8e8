"""What a text said before, what changed, and going back."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from accounts.requests import MemberRequest
from communities.actions.rewriting import return_to
from communities.api.answers import answer_now
from communities.api.comments import comment_now
from communities.api.posts import post_now
from communities.api.texts import PersonOut, person_out
from communities.differences import Line, difference
from communities.history import Words, Written, history, taken_out, words_at, words_in
from communities.models import Answer, Comment, Revision
from communities.views.access import count_against_limit, seen_answer, seen_comment, seen_post, seen_revision

router = Router(tags=["revisions"])


class RevisionRow(Schema):
    id: int | None = Field(description="null: nobody has changed the text yet.")
    number: int
    editor: PersonOut
    note: str
    created_at: datetime
    is_taken_out: bool = Field(description="A moderator took its text out of the history.")


class RevisionsOut(Schema):
    revisions: list[RevisionRow] = Field(description="The newest first: it is what the text says now.")


class LineOut(Schema):
    before: str
    after: str
    mark: Literal["same", "added", "removed", "changed"]
    skipped: int = Field(description="For so many unchanged lines it stands.")


class RevisionOut(RevisionRow):
    title: str
    body: str = Field(description="Markdown.")
    tags: list[str]
    changes: list[LineOut] = Field(description="In the text, against the revision before.")


class ReturnedOut(Schema):
    kind: Literal["post", "answer", "comment"]
    id: int
    text_version: str


@router.get("posts/{int:pk}/revisions", response=RevisionsOut, url_name="post_revisions", summary="Its history")
def of_post(request: HttpRequest, pk: int) -> dict[str, Any]:
    return _history(seen_post(request, pk))


@router.get("answers/{int:pk}/revisions", response=RevisionsOut, url_name="answer_revisions", summary="Its history")
def of_answer(request: HttpRequest, pk: int) -> dict[str, Any]:
    return _history(seen_answer(request, pk))


@router.get("comments/{int:pk}/revisions", response=RevisionsOut, url_name="comment_revisions", summary="Its history")
def of_comment(request: HttpRequest, pk: int) -> dict[str, Any]:
    return _history(seen_comment(request, pk))


@router.get("revisions/{int:pk}", response=RevisionOut, url_name="revision", summary="What it said")
def read(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Nothing of a text that a moderator took out; against such a one nothing is compared."""
    revision = seen_revision(request, pk)
    gone = taken_out(revision.content)
    now = words_in(revision)
    before = revision.number - 1
    is_compared = before > 0 and before not in gone and revision.number not in gone
    then = words_at(revision.content, before) if is_compared else Words(now.body)
    lines = difference(then.body, now.body) if is_compared else []
    words = {"title": now.title, "body": now.body, "tags": list(now.tags)}
    return _row(revision, is_taken_out=revision.number in gone) | words | {"changes": [line_out(one) for one in lines]}


@router.post("revisions/{int:pk}/return", response=ReturnedOut, url_name="revision_return", summary="Go back to it")
def go_back(request: MemberRequest, pk: int) -> dict[str, Any]:
    """The text says again what it said in this revision, which is a new one."""
    revision = seen_revision(request, pk)
    count_against_limit(request, "edit")
    content = return_to(revision, by=request.user)
    now = {Answer: answer_now, Comment: comment_now}.get(type(content), post_now)(request, content.pk)
    return {"kind": type(content).__name__.lower(), "id": content.pk, "text_version": now["text_version"]}


def _history(content: Written) -> dict[str, Any]:
    gone = taken_out(content)
    return {"revisions": [_row(one, is_taken_out=one.number in gone) for one in history(content)]}


def _row(revision: Revision, *, is_taken_out: bool) -> dict[str, Any]:
    return {
        "id": revision.pk,
        "number": revision.number,
        "editor": person_out(revision.editor),
        "note": revision.note,
        "created_at": revision.created_at,
        "is_taken_out": is_taken_out,
    }


def line_out(line: Line) -> dict[str, Any]:
    before, after = ("".join(piece.text for piece in side) for side in (line.before, line.after))
    return {"before": before, "after": after, "mark": line.mark, "skipped": line.skipped}
