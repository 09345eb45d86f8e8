"""Webhooks of communities, and what was and is to be told through them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from net.outward import URL_MAX
from webhooks import rules

HOST_MAX = 253


class Event(models.TextChoices):
    """What the part before the dot names is what comes along."""

    POST_PUBLISHED = "post.published", _("A post is published, or comes back")
    POST_EDITED = "post.edited", _("A post is edited")
    POST_DELETED = "post.deleted", _("A post is deleted")
    ANSWER_PUBLISHED = "answer.published", _("An answer is published, or comes back")
    ANSWER_EDITED = "answer.edited", _("An answer is edited")
    ANSWER_ACCEPTED = "answer.accepted", _("An answer is accepted")
    ANSWER_ENDORSED = "answer.endorsed", _("An answer is endorsed")
    ANSWER_DELETED = "answer.deleted", _("An answer is deleted")
    COMMENT_PUBLISHED = "comment.published", _("A comment is published, or comes back")
    COMMENT_EDITED = "comment.edited", _("A comment is edited")
    COMMENT_DELETED = "comment.deleted", _("A comment is deleted")
    MEMBER_JOINED = "member.joined", _("Somebody joins")
    MEMBER_LEFT = "member.left", _("Somebody leaves")


TEST = "test"
"""Not to be chosen: sent when an owner wants to see whether it arrives."""


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def listening(self, community: int, event: str) -> "WebhookQuerySet":
        return self.filter(community=community, off_at=None, events__contains=[event])

    def free(self, now: datetime) -> "WebhookQuerySet":
        """In no worker's hands, and not resting after a failure."""
        taken, resting = Q(taken_until__gt=now), Q(rests_until__gt=now)
        return self.filter(off_at=None).exclude(taken).exclude(resting)

    def waiting(self) -> Iterable[int]:
        """Ids of those that a worker should have sent to by now."""
        now = timezone.now()
        late = Delivery.objects.filter(due_at__lt=now, created_at__lt=now - rules.TAKEN_WITHIN)
        return self.free(now).filter(pk__in=late.values("webhook")).order_by("pk").values_list("pk", flat=True)


class Webhook(models.Model):
    """Where one community tells what happens. `sealed` is its secret; `failures` counts those in a row.

    `taken_until`: a worker sends to it; `rests_until`: it failed a moment ago. `off_at`: nothing is told since then.
    """

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=URL_MAX)
    host = models.CharField(max_length=HOST_MAX)
    events = ArrayField(models.CharField(max_length=20, choices=Event))
    sealed = models.BinaryField()
    failures = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    off_at = models.DateTimeField(null=True)
    taken_until = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["host"], name="webhook_host")]
        constraints = [
            models.CheckConstraint(condition=Q(events__contained_by=Event.values), name="webhook_events_known"),
            models.CheckConstraint(condition=Q(events__len__gt=0), name="webhook_has_events"),
        ]

    def __str__(self) -> str:
        return self.host

    def get_absolute_url(self) -> str:
        return reverse("webhooks:webhook", args=[self.community.slug, self.pk])

    @property
    def has_failed(self) -> bool:
        """It was switched off because nothing arrived any more."""
        return self.off_at is not None and self.failures >= rules.FAILURES_MAX

    @property
    def event_names(self) -> list[str]:
        return [str(Event(event).label) for event in self.events]


class Delivery(models.Model):
    """One event on its way to one webhook. `due_at` says when it is sent next; None when nothing is to be done.

    `body` is what was sent last, `status`, `said` and `milliseconds` what came of it; `trouble` is a sentence where
    nothing came, or nothing was sent.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    uuid = models.UUIDField(default=uuid4, unique=True)
    event = models.CharField(max_length=20)
    about = models.BigIntegerField()
    body = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)
    said = models.TextField(blank=True)
    milliseconds = models.PositiveIntegerField(null=True)
    trouble = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["webhook", "-id"], name="delivery_log"),
            models.Index(fields=["webhook", "due_at"], condition=Q(due_at__isnull=False), name="delivery_due"),
            models.Index(fields=["created_at"], name="delivery_age"),
            models.Index(fields=["about"], name="delivery_about"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.uuid}"

    def get_absolute_url(self) -> str:
        return reverse("webhooks:delivery", args=[self.webhook.community.slug, self.webhook_id, self.uuid])

    @property
    def noun(self) -> str:
        """What it is about."""
        return self.event.partition(".")[0]

    @property
    def event_name(self) -> str:
        return str(_("A test") if self.event == TEST else Event(self.event).label)

    @property
    def is_waiting(self) -> bool:
        return self.due_at is not None

    @property
    def is_first_try(self) -> bool:
        """Within moments something will be known."""
        return self.is_waiting and self.status is None and not self.trouble
