"""What a person is told: one row a fact, one sentence, one link."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Kind(models.TextChoices):
    ANSWER = "answer", _("Answer")
    COMMENT = "comment", _("Comment")
    ACCEPT = "accept", _("Accepted answer")
    ENDORSE = "endorse", _("Endorsement")
    DOUBT = "doubt", _("Doubt about an answer")
    MENTION = "mention", _("Mention")
    EDIT = "edit", _("Edit")
    DELETION = "deletion", _("Deletion")
    POST = "post", _("New post")
    REMINDER = "reminder", _("Reminder")
    ROLE = "role", _("Role")
    RHYTHM = "rhythm", _("Rhythm")
    DOCUMENT = "document", _("Document")
    ACHIEVEMENT = "achievement", _("Achievement")
    VERDICT = "verdict", _("Decision")
    WEBHOOK = "webhook", _("Webhook")


QUIETED = (Kind.RHYTHM, Kind.ACHIEVEMENT)
"""Not shown to whom wants quiet, for as long as they want it; what came before stays and is shown again after it."""


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, user: User) -> "NotificationQuerySet":
        return self.filter(recipient=user)

    def shown_to(self, user: User) -> "NotificationQuerySet":
        """Theirs, but for what they want hidden."""
        return self.of(user).exclude(kind__in=QUIETED) if user.is_quiet else self.of(user)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)


class Notification(models.Model):
    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-id"], name="inbox"),
            models.Index(fields=["recipient"], condition=models.Q(read_at=None), name="inbox_unread"),
            models.Index(fields=["url"], opclasses=["varchar_pattern_ops"], name="notification_target"),
        ]

    def __str__(self) -> str:
        return self.title
