"""Callouts: a moderator's @everyone, which tells all members."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.utils import timezone

from accounts.models import User
from communities import rules
from communities.models.community import Community
from communities.models.post import Post


def today() -> date:
    return timezone.now().date()


class CalloutQuerySet(models.QuerySet["Callout"]):
    def waiting(self) -> Iterable[int]:
        """Ids of those that a worker should have taken by now."""
        late = self.filter(told_at=None, created_at__lt=timezone.now() - rules.TAKEN_WITHIN)
        return late.order_by("pk").values_list("pk", flat=True)


class Callout(models.Model):
    """One a day in each community. `url` leads to the text that called; `told_at` says when everybody had heard."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=300)
    day = models.DateField(default=today)
    created_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)

    objects = CalloutQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "day"], name="one_callout_a_day")]
        indexes = [models.Index(fields=["created_at"], condition=models.Q(told_at=None), name="callout_waiting")]

    def __str__(self) -> str:
        return f"{self.by_id} calls everybody on {self.day}"
