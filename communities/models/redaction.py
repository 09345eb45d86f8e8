"""Redactions: who took the text of a revision out of the history, when, and why."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from communities import rules
from communities.models.revision import Revision


class RedactionQuerySet(models.QuerySet["Redaction"]):
    def in_force(self) -> "RedactionQuerySet":
        return self.filter(undone_at=None)

    def to_forget(self, now: datetime) -> "RedactionQuerySet":
        """Whose text was kept long enough."""
        return self.filter(sealed__isnull=False, created_at__lte=now - rules.REDACTED_KEPT)


class Redaction(models.Model):
    """`sealed` is what the revision said, encrypted; it is forgotten after a while. The row itself stays."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="redactions")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=rules.NOTE_MAX)
    sealed = models.BinaryField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    objects = RedactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision"], condition=Q(undone_at=None), name="one_redaction_in_force_per_revision"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="undone_redaction_says_who",
            ),
        ]

    def __str__(self) -> str:
        return f"redaction of {self.revision}"
