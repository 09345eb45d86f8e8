"""Who read which post when, and on which days a member was there. Only the member themselves sees any of it."""

from django.db import models
from django.utils import timezone

from communities.models.community import Membership
from communities.models.post import Post


class Visit(models.Model):
    """One member read one post, the last time at `read_at` (to the minute)."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="visits", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="visits")
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "post"], name="visit_once")]

    def __str__(self) -> str:
        return f"{self.membership_id} read {self.post_id}"


class Attendance(models.Model):
    """A day on which a member read something, with the number of minutes in which they opened a page."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="attendances", db_index=False)
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField(default=1)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "day"], name="attendance_once")]
        indexes = [models.Index(fields=["day"], name="attendance_by_day")]

    def __str__(self) -> str:
        return f"{self.membership_id} on {self.day}"
