"""The archive of a member."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.utils import timezone

from accounts.models.member import User


class ExportQuerySet(models.QuerySet["Export"]):
    def waiting(self) -> Iterable[int]:
        """Ids of those that a worker should be busy with by now."""
        silent = timezone.now() - Export.SILENT_FOR
        late = models.Q(heartbeat_at=None, created_at__lt=silent) | models.Q(heartbeat_at__lt=silent)
        return self.filter(late, ready_at=None, failed_at=None).order_by("pk").values_list("pk", flat=True)

    def forgotten(self) -> "ExportQuerySet":
        """Made, or failed, so long ago that they go."""
        until = timezone.now() - Export.KEPT
        return self.filter(models.Q(ready_at__lte=until) | models.Q(failed_at__lte=until))


class Export(models.Model):
    """An archive of what a member wrote and did: being made (`done` of `total` rows), ready for a week, or failed."""

    KEPT = timedelta(days=7)
    AGAIN_AFTER = timedelta(days=7)
    SILENT_FOR = timedelta(minutes=2)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="exports")
    file = models.FileField(upload_to="exports", blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(ready_at=None, failed_at=None),
                name="one_unfinished_export_per_member",
            )
        ]

    def __str__(self) -> str:
        return f"export {self.pk}"

    @property
    def is_working(self) -> bool:
        return self.ready_at is None and self.failed_at is None

    @property
    def is_there(self) -> bool:
        """Good to download."""
        return self.ready_at is not None and timezone.now() < self.ready_at + self.KEPT

    @property
    def kept_until(self) -> datetime | None:
        return self.ready_at + self.KEPT if self.ready_at else None

    @property
    def again_at(self) -> datetime:
        """From when on the member may ask for another."""
        return self.created_at + self.AGAIN_AFTER

    @property
    def left(self) -> timedelta | None:
        """How long it will still take at this pace; None while nobody can say."""
        if not self.done or self.heartbeat_at is None:
            return None
        return (self.heartbeat_at - self.created_at) / self.done * max(0, self.total - self.done)
