"""Reactions: what became of it when somebody used an answer."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities import rules
from communities.models.answer import Answer
from communities.models.community import Role


class Outcome(models.TextChoices):
    WORKED = "worked", _("Worked for me")
    OUTDATED = "outdated", _("Outdated")
    WRONG = "wrong", _("Wrong or unsafe")


REPORTS = (Outcome.OUTDATED, Outcome.WRONG)


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def reports(self) -> "ReactionQuerySet":
        """What stands against the answer."""
        return self.filter(outcome__in=REPORTS, cleared_at=None)


class Reaction(models.Model):
    """One person's word on how it went. Taken back, the row goes; cleared by an edit or a moderator, it stays.

    `role` is the one that the person had in this community.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="reactions", db_index=False)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reactions")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=rules.REPORT_REASON_MAX, blank=True)
    role = models.CharField(max_length=10, choices=Role)
    created_at = models.DateTimeField(default=timezone.now)
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "by", "outcome"], name="react_once"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.WORKED, reason="", cleared_at=None)
                | (Q(outcome__in=REPORTS) & ~Q(reason="")),
                name="reports_have_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(cleared_at=None, cleared_by=None) | Q(cleared_at__isnull=False, cleared_by__isnull=False),
                name="cleared_says_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} by {self.by_id}"
