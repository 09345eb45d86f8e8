"""What members did that fills a day, and what their days depend on."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import Community
from gamification import rules


class Act(models.TextChoices):
    """What fills a day."""

    POST = "post", _("Question")
    ANSWER = "answer", _("Answer")
    COMMENT = "comment", _("Comment")
    SUGGESTION = "suggestion", _("Approved edit")


class ActivityQuerySet(models.QuerySet["Activity"]):
    def of(self, user: User) -> "ActivityQuerySet":
        return self.filter(user=user)

    def standing(self) -> "ActivityQuerySet":
        return self.filter(stands=True)


class Activity(models.Model):
    """One act of a member. `local_date` is the day it counted for where they lived then; it is never worked out anew.

    `stands` as long as its text is seen: it goes out and comes back with it.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="activities", db_index=False)
    source_type = models.CharField(max_length=10, choices=Act)
    source_id = models.BigIntegerField()
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    local_date = models.DateField()
    stands = models.BooleanField(default=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(fields=["source_type", "source_id"], name="activity_once"),
            models.CheckConstraint(condition=Q(source_type__in=Act.values), name="activity_source_known"),
        ]
        indexes = [
            models.Index(fields=["user", "local_date"], condition=Q(stands=True), name="activities_of_day"),
            models.Index(fields=["user", "at"], name="activities_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.source_type} {self.source_id} on {self.local_date}"


class ZoneMove(models.Model):
    """A member moved; the first one of each says where they were before."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="zone_moves", db_index=False)
    zone_before = models.CharField(max_length=64)
    zone = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["user", "at"], name="zone_moves_of_member")]

    def __str__(self) -> str:
        return f"{self.user_id} to {self.zone}"


class PlanChange(models.Model):
    """So many days a week, from the week that begins on this Monday."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="plan_changes", db_index=False)
    plan = models.PositiveSmallIntegerField()
    week = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "week"], name="one_plan_a_week"),
            models.CheckConstraint(condition=Q(plan__range=(1, 7)), name="planned_days_within_a_week"),
            models.CheckConstraint(condition=Q(week__iso_week_day=1), name="plan_begins_on_a_monday"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} of {self.user_id} from {self.week}"


class Pause(models.Model):
    """Days, both included, on which nothing is expected of a member: planned before they began."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="pauses", db_index=False)
    first = models.DateField()
    last = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "first"], name="pause_once"),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")) & Q(last__lt=F("first") + rules.PAUSE_DAYS), name="pause_is_short"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} from {self.first} to {self.last}"
