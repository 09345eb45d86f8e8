"""Votes: the present state of each, and a log of every change."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models.answer import Answer
from communities.models.community import Community
from communities.models.post import Post


class Reason(models.TextChoices):
    """What is wrong with what somebody votes down."""

    INCORRECT = "incorrect", _("Incorrect")
    UNCLEAR = "unclear", _("Unclear")
    INCOMPLETE = "incomplete", _("Incomplete")
    OUTDATED = "outdated", _("Outdated")
    OFF_TOPIC = "off-topic", _("Off topic")


class Vote(models.Model):
    """One person's vote on a post (`answer` is None) or on an answer of it. Undone = value 0; the row stays.

    `generation` counts how often it was cast anew after being undone or turned round. `reason` is that of a down vote;
    only those from before reasons were asked for have none.
    """

    voter = models.ForeignKey(User, on_delete=models.CASCADE, related_name="votes", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="votes", db_index=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, related_name="votes")
    value = models.SmallIntegerField()
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    generation = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "voter", "answer"], nulls_distinct=False, name="vote_once"),
            models.CheckConstraint(condition=Q(value__in=(-1, 0, 1)), name="vote_value_known"),
            models.CheckConstraint(condition=Q(reason__in=["", *Reason.values]), name="vote_reason_known"),
            models.CheckConstraint(condition=Q(reason="") | Q(value=-1), name="only_down_votes_have_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.value:+d} by {self.voter_id}"


class VoteChange(models.Model):
    """Append-only. Says also who voted, where and on whose text: how often one may vote is counted here alone."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="changes")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+", db_index=False)
    voter = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    value = models.SmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["voter", "at"], name="votes_of_voter")]

    def __str__(self) -> str:
        return f"{self.value:+d} at {self.at:%Y-%m-%d %H:%M}"
