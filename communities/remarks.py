"""Comments below posts and answers: the first few of each, or all of one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, QuerySet, Window
from django.db.models.functions import JSONObject

from accounts.models import User
from communities import rules
from communities.models import Answer, Comment, Post
from communities.models.content import NOT_DELETED
from prepared import as_model, columns

FIELDS = columns(
    Comment,
    *("id", "post_id", "answer_id", "author_id", "html", "origin_url", "licence", "kind"),
    *("created_at", "edited_at", "resolved_at"),
)
TIMES = ("created_at", "edited_at", "resolved_at")
AUTHOR_FIELDS = columns(User, "id", "username", "name")


@dataclass
class Remarks:
    """What is shown below one text, and how many more there are."""

    shown: list[Comment] = field(default_factory=list)
    hidden: int = 0


def comments_on(target: Post | Answer) -> QuerySet[Comment]:
    """In no order."""
    whose: dict[str, Any] = {"answer": target} if isinstance(target, Answer) else {"post": target, "answer": None}
    return Comment.objects.filter(NOT_DELETED, **whose).select_related("author")


def remarks_on(target: Post | Answer) -> Remarks:
    """All of them."""
    return Remarks(list(comments_on(target).order_by("created_at", "pk")))


def remarks_below(text: type[Post | Answer], *, unfolds: bool = False) -> ArraySubquery:
    """Of each text in a query: its first comments (all for whom `unfolds`), which `remarks_in` reads."""
    here: dict[str, Any] = {"answer": OuterRef("pk")} if text is Answer else {"post": OuterRef("pk"), "answer": None}
    comments = Comment.objects.filter(NOT_DELETED, **here).order_by("created_at", "pk")
    author = {f"author_{field}": F(f"author__{field}") for field in AUTHOR_FIELDS}
    said = JSONObject(**{field: F(field) for field in FIELDS} | author, total=Window(Count("pk")))
    return ArraySubquery(comments.values(said=said)[: None if unfolds else rules.COMMENTS_SHOWN])


def remarks_in(below: Sequence[dict[str, Any]]) -> Remarks:
    """What `remarks_below` found below one text."""
    return Remarks([_comment(said) for said in below], below[0]["total"] - len(below) if below else 0)


def _comment(said: dict[str, Any]) -> Comment:
    times = {field: datetime.fromisoformat(said[field]) for field in TIMES if said[field]}
    comment = as_model(Comment, FIELDS, [times.get(field, said[field]) for field in FIELDS])
    comment.author = as_model(User, AUTHOR_FIELDS, [said[f"author_{field}"] for field in AUTHOR_FIELDS])
    return comment


def is_hidden(comment: Comment) -> bool:
    """Whether it stands below the first few, so that its text alone does not show it."""
    before = Comment.objects.filter(
        NOT_DELETED, post=comment.post_id, answer=comment.answer_id, created_at__lte=comment.created_at
    )
    return before.exclude(created_at=comment.created_at, pk__gte=comment.pk).count() >= rules.COMMENTS_SHOWN
