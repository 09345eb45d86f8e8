"""Revisions: what a post, answer or comment said, save by save."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone

from accounts.models import User
from communities import rules
from communities.models.answer import Answer
from communities.models.comment import Comment
from communities.models.content import Content, pictures_index
from communities.models.post import Post


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of(self, content: Content) -> "RevisionQuerySet":
        """Those of one thing, the newest first."""
        return self.filter(**thing_of(content)).order_by("-number")

    def visible_to(self, user: User | AnonymousUser) -> "RevisionQuerySet":
        """Of what the person may read; what is deleted has no history."""
        return self.filter(
            Q(answer=None) | Q(answer__deleted_at=None),
            Q(comment=None) | Q(comment__deleted_at=None),
            post__in=Post.objects.visible_to(user),
        )


class Revision(models.Model):
    """`number` counts from 1 within its post, answer or comment; the highest is what is read there now.

    `post` is always set; `answer` is, too, for an answer and a comment on it. What is older than this table, and a
    comment that nobody has changed late, has none: its text is its only revision.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+", db_index=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="+")
    number = models.PositiveIntegerField()
    editor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="revisions")
    title = models.CharField(max_length=rules.TITLE_MAX, blank=True)
    body = models.TextField()
    tags = models.CharField(max_length=rules.TAGS_MAX * (rules.TAG_MAX + 2), blank=True)
    size = models.GeneratedField(expression=Length("body"), output_field=models.PositiveIntegerField(), db_persist=True)
    note = models.CharField(max_length=rules.NOTE_MAX, blank=True)
    origin_url = models.CharField(max_length=300, unique=True, null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        indexes = [pictures_index("revision_pictures")]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "answer", "comment", "number"], nulls_distinct=False, name="revision_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="revisions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"revision {self.number}"

    @property
    def content(self) -> Post | Answer | Comment:
        return self.comment or self.answer or self.post


def thing_of(content: Content) -> dict[str, Any]:
    """The three columns that say of what something is."""
    if isinstance(content, Comment):
        return {"post_id": content.post_id, "answer_id": content.answer_id, "comment_id": content.pk}
    if isinstance(content, Answer):
        return {"post_id": content.post_id, "answer_id": content.pk, "comment_id": None}
    return {"post_id": content.pk, "answer_id": None, "comment_id": None}
