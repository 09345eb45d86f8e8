"""Comments below posts and answers: the first few of each, or all of one."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from communities import rules
from communities.models import Answer, Comment, Post
from communities.models.content import NOT_DELETED


@dataclass
class Remarks:
    """What is shown below one text, and how many more there are."""

    shown: list[Comment] = field(default_factory=list)
    hidden: int = 0


def remarks_on(target: Post | Answer) -> Remarks:
    """All of them."""
    whose = {"answer": target} if isinstance(target, Answer) else {"post": target, "answer": None}
    return Remarks(list(_standing(whose)))


def first_remarks(**whose: Any) -> dict[int | None, Remarks]:
    """By answer (None = the post itself); one question however many texts there are."""
    beside: dict[str, Any] = {"partition_by": F("answer_id")}
    comments = _standing(whose).annotate(
        place=Window(RowNumber(), order_by=("created_at", "pk"), **beside), total=Window(Count("pk"), **beside)
    )
    by_answer: dict[int | None, Remarks] = {}
    for comment in comments.filter(place__lte=rules.COMMENTS_SHOWN):
        below = by_answer.setdefault(comment.answer_id, Remarks())
        below.shown.append(comment)
        below.hidden = comment.total - len(below.shown)
    return by_answer


def is_hidden(comment: Comment) -> bool:
    """Whether it stands below the first few, so that its text alone does not show it."""
    before = Comment.objects.filter(
        NOT_DELETED, post=comment.post_id, answer=comment.answer_id, created_at__lte=comment.created_at
    )
    return before.exclude(created_at=comment.created_at, pk__gte=comment.pk).count() >= rules.COMMENTS_SHOWN


def _standing(whose: dict[str, Any]) -> Any:
    comments = Comment.objects.filter(NOT_DELETED, **whose)
    return comments.select_related("author").order_by("created_at", "pk")
