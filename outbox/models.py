"""Mail that is on its way: the row is there before anything is sent, and its text is gone once it was."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import models
from django.db.models import ExpressionWrapper, F, Value
from django.utils import timezone

GIVE_UP_AFTER = timedelta(hours=24)
LEASE = timedelta(seconds=60)


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> Iterable[int]:
        """Ids of mails that should have been sent by now: not sent, not too old, in no worker's hands.

        Each failure makes the wait longer (1, 4, 9 … minutes), or a mail server that is away fills the queue.
        """
        now = timezone.now()
        patience = ExpressionWrapper(F("attempts") * F("attempts") * Value(LEASE), output_field=models.DurationField())
        return (
            self.filter(sent_at=None, created_at__gt=now - GIVE_UP_AFTER, created_at__lt=now - LEASE)
            .exclude(taken_at__gt=Value(now) - patience)
            .order_by("pk")
            .values_list("pk", flat=True)
        )


class Mail(models.Model):
    """One message to one address. Its Message-ID is fixed here, so that a mail sent twice is recognised as one."""

    message_id = models.CharField(max_length=200, unique=True)
    sender = models.CharField(max_length=320)
    recipient = models.CharField(max_length=320)
    subject = models.CharField(max_length=998)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], condition=models.Q(sent_at=None), name="mail_waiting"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}: {self.subject}"
