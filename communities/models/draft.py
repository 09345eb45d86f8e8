"""Drafts: what somebody writes and has not published yet. Nobody else ever sees them."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities import rules
from communities.models.answer import Answer
from communities.models.comment import Comment
from communities.models.community import Community
from communities.models.post import Post, PostKind
from communities.models.suggestion import Suggestion


class DraftKind(models.TextChoices):
    POST = "post", _("Post")
    ANSWER = "answer", _("Answer")
    COMMENT_ON_POST = "comment-on-post", _("Comment")
    COMMENT_ON_ANSWER = "comment-on-answer", _("Comment on an answer")
    POST_EDIT = "post-edit", _("Edit of a post")
    ANSWER_EDIT = "answer-edit", _("Edit of an answer")
    COMMENT_EDIT = "comment-edit", _("Edit of a comment")
    POST_SUGGESTION = "post-suggestion", _("Suggested edit of a post")
    ANSWER_SUGGESTION = "answer-suggestion", _("Suggested edit of an answer")
    SUGGESTION_REWORK = "suggestion-rework", _("Rework of a suggested edit")


OF_REPLIES = {
    DraftKind.ANSWER: _("Reply"),
    DraftKind.COMMENT_ON_ANSWER: _("Comment on a reply"),
    DraftKind.ANSWER_EDIT: _("Edit of a reply"),
    DraftKind.ANSWER_SUGGESTION: _("Suggested edit of a reply"),
}


class DraftQuerySet(models.QuerySet["Draft"]):
    def deleted_by(self, author: User) -> "DraftQuerySet":
        """Those that can still be brought back, the latest deleted first."""
        return self.filter(author=author, deleted_at__isnull=False).order_by("-deleted_at", "-pk")

    def of(self, author: User) -> "DraftQuerySet":
        """Theirs that stand, the latest first."""
        return self.filter(author=author, deleted_at=None).order_by("-saved_at", "-pk")

    def forgotten(self, now: datetime) -> "DraftQuerySet":
        """Too old to be kept, or deleted and not brought back."""
        old = Q(saved_at__lt=now - rules.DRAFT_KEPT)
        return self.filter(old | Q(deleted_at__lt=now - rules.DRAFT_UNDO))


class Draft(models.Model):
    """What the form of one place held. `number` above 1: another window wrote there, too, and both texts are kept.

    `post`, `answer`, `comment` and `suggestion` say below what it will stand, or what it will change; `version` counts
    its saves.
    """

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts", db_index=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=DraftKind)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="+")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, null=True, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    fields = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "community", "kind", "post", "answer", "comment", "suggestion", "number"],
                condition=Q(deleted_at=None),
                nulls_distinct=False,
                name="draft_once_per_place_and_number",
            ),
            models.CheckConstraint(condition=Q(kind__in=DraftKind.values), name="draft_kind_known"),
        ]
        indexes = [models.Index(fields=["saved_at"], name="draft_saved")]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def kind_name(self) -> str:
        """In words, which differ below what is no question; of a new post what it is to be."""
        if self.kind == DraftKind.POST and self.fields.get("kind") in PostKind.values:
            return str(PostKind(self.fields["kind"]).label)
        post = self.answer.post if self.answer else self.post
        kind = DraftKind(self.kind)
        return str(kind.label if post is None or post.is_question else OF_REPLIES.get(kind, kind.label))

    @property
    def text(self) -> str:
        """All that is written in it, in the order of the form."""
        said = [self.fields.get(name, "") for name in TEXT_FIELDS]
        return "\n\n".join(text for text in said if text.strip())


TEXT_FIELDS = ("title", "goal", "tried", "stuck", "body")
KEPT_FIELDS = (*TEXT_FIELDS, "kind", "topic", "tags", "new_tags", "note", "began_with", "is_different")
"""Of all forms; what else is sent is not kept."""
