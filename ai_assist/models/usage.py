"""What members and communities have used of their allowances."""

from datetime import date

from django.db import models
from django.db.models import Q

from accounts.models import User
from communities.models import Community


class UsageQuerySet(models.QuerySet["Usage"]):
    def since(self, day: date) -> "UsageQuerySet":
        return self.filter(day__gte=day)

    def of_members(self) -> "UsageQuerySet":
        """What everybody used, once."""
        return self.filter(member__isnull=False)

    def of_communities(self) -> "UsageQuerySet":
        """That part of it which counted for a community, too."""
        return self.filter(community__isnull=False)


class Usage(models.Model):
    """Of one member or one community: what they did on a day (UTC), or, without a day, what they keep altogether.

    `tokens_out`: so many of the tokens a chat model wrote; the others it read.
    """

    member = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    day = models.DateField(null=True)
    bytes = models.PositiveBigIntegerField(default=0)
    documents = models.PositiveIntegerField(default=0)
    uploads = models.PositiveIntegerField(default=0)
    ocr_pages = models.PositiveIntegerField(default=0)
    questions = models.PositiveIntegerField(default=0)
    tokens = models.PositiveBigIntegerField(default=0)
    tokens_out = models.PositiveBigIntegerField(default=0, db_default=0)

    objects = UsageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "community", "day"], nulls_distinct=False, name="usage_once_per_day"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, community=None) | Q(member=None, community__isnull=False),
                name="usage_of_member_or_community",
            ),
        ]
        indexes = [models.Index(fields=["day"], condition=Q(day__isnull=False), name="usage_of_day")]

    def __str__(self) -> str:
        return f"usage of {self.member or self.community} on {self.day or 'all days'}"
