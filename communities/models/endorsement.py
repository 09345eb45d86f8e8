"""Endorsements: a mentor's or moderator's word for an answer."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from communities.models.answer import Answer
from communities.models.community import Role


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    def standing(self) -> "EndorsementQuerySet":
        return self.filter(withdrawn_at=None)


class Endorsement(models.Model):
    """`role` is the one that the person had in this community. Withdrawn, the row stays."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="endorsements")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="endorsements")
    role = models.CharField(max_length=10, choices=Role)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "by"], condition=Q(withdrawn_at=None), name="one_standing_endorsement"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="withdrawn_says_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} for {self.answer}"
