"""Suggested edits: a text that waits for those who may decide, and their verdicts."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from communities import rules
from communities.models.answer import Answer
from communities.models.community import DECIDING, Membership
from communities.models.post import Post
from communities.models.revision import Revision


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def waiting(self) -> "SuggestionQuerySet":
        return self.filter(decided_at=None)

    def visible_to(self, user: User | AnonymousUser) -> "SuggestionQuerySet":
        """One's own, those of one's own texts, and all where one has a word; of what the person may read."""
        if user.pk is None:
            return self.none()
        deciding = Membership.objects.filter(DECIDING, community=OuterRef("post__community"), user=user)
        return self.filter(
            Q(answer=None) | Q(answer__deleted_at=None),
            Q(author=user) | Q(answer=None, post__author=user) | Q(answer__author=user) | Exists(deciding),
            post__in=Post.objects.visible_to(user),
        )


class Suggestion(models.Model):
    """`base` is the revision it began with, `revision` what it became. Rejected: decided without one, with a reason."""

    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="suggestions")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="suggestions", db_index=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, related_name="suggestions")
    base = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=rules.TITLE_MAX, blank=True)
    body = models.TextField()
    tags = models.CharField(max_length=rules.TAGS_MAX * (rules.TAG_MAX + 2), blank=True)
    note = models.CharField(max_length=rules.NOTE_MAX)
    created_at = models.DateTimeField(default=timezone.now)
    reworked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, null=True, related_name="suggestion")
    reason = models.CharField(max_length=rules.NOTE_MAX, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "answer", "author"],
                condition=Q(decided_at=None),
                nulls_distinct=False,
                name="one_waiting_suggestion_per_text_and_person",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, revision=None, reason="")
                | Q(decided_at__isnull=False, decided_by__isnull=False)
                & (Q(revision__isnull=False, reason="") | Q(revision=None) & ~Q(reason="")),
                name="decided_suggestion_says_who_and_what",
            ),
        ]
        indexes = [models.Index(fields=["post"], name="suggestion_of_post")]

    def __str__(self) -> str:
        return f"suggestion {self.pk}"

    def get_absolute_url(self) -> str:
        """Below the address of what it would change, so that what points to it goes with that."""
        return f"{(self.answer or self.post).permanent_url}edits/{self.pk}/"

    @property
    def content(self) -> Post | Answer:
        return self.answer or self.post

    @property
    def text(self) -> tuple[str, str]:
        return self.title, self.body

    @property
    def slugs(self) -> list[str]:
        """Of its tags."""
        return self.tags.split(", ") if self.tags else []


class Verdict(models.Model):
    """One person's word about a suggestion."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="verdicts", db_index=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    weight = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=rules.NOTE_MAX, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["suggestion", "by"], name="one_verdict_per_person")]

    def __str__(self) -> str:
        return f"{'no' if self.reason else 'yes'} by {self.by_id}"
