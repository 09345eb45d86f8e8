"""Answers: to a question, or what somebody says in a discussion."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from communities import rules
from communities.models.community import moderating
from communities.models.content import NOT_DELETED, Content, Voted, deletion_checks, pictures_index, purge_index
from communities.models.post import Post
from communities.models.state import STATE, TRUSTED_FROM, AnswerState


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, user: User | AnonymousUser) -> "AnswerQuerySet":
        """Not deleted, under a post that the person may read."""
        return self.filter(NOT_DELETED, post__in=Post.objects.visible_to(user))

    def deleted_seen_by(self, user: User | AnonymousUser) -> "AnswerQuerySet":
        """Deleted ones, not purged, which author and moderators still find, under posts that the person may read."""
        if user.pk is None:
            return self.none()
        deleted = self.filter(deleted_at__isnull=False, purged_at=None, post__in=Post.objects.visible_to(user))
        return deleted.filter(Q(author=user) | Exists(moderating(user, OuterRef("post__community"))))


class Answer(Content, Voted):
    """`endorsed_at` and `stale_at` say since when. `reworked_at`: rewritten after somebody vouched for it.

    `worked_count` says for how many it worked, `witness_count`, for how many besides asker and author.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="answers")
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False, db_index=False
    )

    endorsed_at = models.DateTimeField(null=True, editable=False)
    reworked_at = models.DateTimeField(null=True, editable=False)
    stale_at = models.DateTimeField(null=True, editable=False)
    worked_count = models.PositiveIntegerField(default=0, editable=False)
    witness_count = models.PositiveIntegerField(default=0, editable=False)
    state = models.GeneratedField(
        expression=STATE, output_field=models.PositiveSmallIntegerField(choices=AnswerState), db_persist=True
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        indexes = [
            pictures_index("answer_pictures"),
            purge_index("answer"),
            models.Index(fields=["-stale_at"], condition=Q(stale_at__isnull=False), name="answer_stale"),
            BrinIndex(fields=["created_at"], name="answer_age"),  # as for posts: gives no order
        ]
        constraints = [
            *deletion_checks("answer"),
            models.UniqueConstraint(
                fields=["post"], condition=Q(accepted_at__isnull=False), name="one_accepted_answer_per_post"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, deleted_at=None),
                name="accepted_says_who_and_stands",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{self.post.permanent_url}answers/{self.pk}/"

    @property
    def is_collapsed(self) -> bool:
        """So unhelpful to readers that its text is folded away."""
        return self.net <= rules.COLLAPSE_AT_NET

    @property
    def trust(self) -> AnswerState:
        return AnswerState(self.state)

    @property
    def is_trusted(self) -> bool:
        """Search gives its words more weight."""
        return self.trust >= TRUSTED_FROM

    @property
    def is_edited_since(self) -> bool:
        """What made it trusted was said of an earlier text, and has not been said again."""
        return self.reworked_at is not None and self.trust in (AnswerState.ENDORSED, AnswerState.VALIDATED)

    @property
    def is_helpful(self) -> bool:
        """Enough that its question is not unanswered."""
        return self.net >= rules.HELPFUL_AT_NET or self.accepted_at is not None or self.endorsed_at is not None

    @property
    def is_self_accepted(self) -> bool:
        return self.accepted_by_id is not None and self.accepted_by_id == self.author_id
