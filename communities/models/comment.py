"""Comments: on a post, or on one of its answers."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models.answer import Answer
from communities.models.community import moderating
from communities.models.content import NOT_DELETED, Content, deletion_checks, pictures_index, purge_index
from communities.models.post import Post


class CommentKind(models.TextChoices):
    """What a comment is for."""

    CLARIFY = "clarify", _("Ask to clarify")
    IMPROVE = "improve", _("Suggest something better")
    TALK = "talk", _("Just say it")


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: User | AnonymousUser) -> "CommentQuerySet":
        """Not deleted, under a post (and answer) that the person may read."""
        return self.filter(
            NOT_DELETED, Q(answer=None) | Q(answer__deleted_at=None), post__in=Post.objects.visible_to(user)
        )

    def deleted_seen_by(self, user: User | AnonymousUser) -> "CommentQuerySet":
        """Deleted ones, not purged, which author and moderators still find, under what the person may read."""
        if user.pk is None:
            return self.none()
        above = Q(answer=None) | Q(answer__deleted_at=None)
        deleted = self.filter(above, deleted_at__isnull=False, purged_at=None, post__in=Post.objects.visible_to(user))
        return deleted.filter(Q(author=user) | Exists(moderating(user, OuterRef("post__community"))))


class Comment(Content):
    """`post` is always set: a page fetches its comments with one question. `answer` is None on the post itself."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")

    kind = models.CharField(max_length=10, choices=CommentKind, default=CommentKind.TALK)
    resolved_at = models.DateTimeField(null=True, editable=False)
    resolved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False, db_index=False
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes = [pictures_index("comment_pictures"), purge_index("comment")]
        constraints = [
            *deletion_checks("comment"),
            models.CheckConstraint(condition=Q(kind__in=CommentKind.values), name="comment_kind_known"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False, kind=CommentKind.CLARIFY),
                name="resolved_says_who_and_was_to_clarify",
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{(self.answer or self.post).permanent_url}comments/{self.pk}/"

    @property
    def is_to_clarify(self) -> bool:
        return self.kind == CommentKind.CLARIFY

    @property
    def target(self) -> Post | Answer:
        return self.answer or self.post
