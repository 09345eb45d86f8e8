"""Files of which only the beginning has come so far."""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.utils import timezone

from accounts.models import User
from ai_assist import rules
from communities.models import Community


class PartialUploadQuerySet(models.QuerySet["PartialUpload"]):
    def forgotten(self) -> "PartialUploadQuerySet":
        """Nothing more has come of them for long."""
        return self.filter(changed_at__lt=timezone.now() - timedelta(days=rules.PARTIAL_KEPT_DAYS))


def partial_key() -> str:
    return f"parts/{uuid4().hex}"


class PartialUpload(models.Model):
    """The first `received` of `size` bytes. Its member goes on with the same file: name, size and `modified` (when the
    file was changed on their machine, in milliseconds) say which it is."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    modified = models.PositiveBigIntegerField()
    received = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=60, unique=True, default=partial_key)
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = PartialUploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "community", "name", "size", "modified"],
                nulls_distinct=False,
                name="partial_upload_once",
            ),
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")), name="partial_upload_not_larger_than_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.received} of {self.size} bytes of {self.name}"
