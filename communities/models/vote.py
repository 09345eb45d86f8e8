"""Votes: the present state of each, and a log of every change."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from communities.models.answer import Answer
from communities.models.post import Post


class Vote(models.Model):
    """One person's vote on a post (`answer` is None) or on an answer of it. Undone = value 0; the row stays.

    `generation` counts how often it was cast anew after being undone or turned round.
    """

    voter = models.ForeignKey(User, on_delete=models.CASCADE, related_name="votes", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="votes", db_index=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, related_name="votes")
    value = models.SmallIntegerField()
    generation = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "voter", "answer"], nulls_distinct=False, name="vote_once"),
            models.CheckConstraint(condition=Q(value__in=(-1, 0, 1)), name="vote_value_known"),
            models.CheckConstraint(condition=Q(answer__isnull=False) | Q(value__gte=0), name="no_downvote_on_posts"),
        ]

    def __str__(self) -> str:
        return f"{self.value:+d} by {self.voter_id}"


class VoteChange(models.Model):
    """Append-only."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="changes")
    value = models.SmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.value:+d} at {self.at:%Y-%m-%d %H:%M}"
