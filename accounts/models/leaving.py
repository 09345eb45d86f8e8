"""Deleting an account, and the user names of those who did."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models.member import User


class LeavingQuerySet(models.QuerySet["Leaving"]):
    def waiting(self) -> Iterable[int]:
        """Ids of those whose account should be erased by now, and with whom no worker is busy."""
        now = timezone.now()
        free = models.Q(taken_at=None) | models.Q(taken_at__lt=now - Leaving.SILENT_FOR)
        return self.filter(free, due_at__lte=now, done_at=None).order_by("pk").values_list("pk", flat=True)


def erased_from() -> datetime:
    return timezone.now() + Leaving.UNDO


class Leaving(models.Model):
    """That a member deletes their account. Until `due_at` they can change their mind; from `taken_at` on nobody can."""

    class Texts(models.TextChoices):
        """What becomes of what they wrote."""

        KEEP = "keep", _("It stays, without my name: below it stands “former member”")
        DELETE = "delete", _("It goes, but for what others rely on: answers that somebody vouched for")

    UNDO = timedelta(days=14)
    SILENT_FOR = timedelta(minutes=30)

    member = models.OneToOneField(User, on_delete=models.CASCADE, related_name="leaving")
    texts = models.CharField(max_length=6, choices=Texts, default=Texts.KEEP)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=erased_from)
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = LeavingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="leaving_due")]

    def __str__(self) -> str:
        return f"leaving {self.pk}"

    @property
    def can_be_undone(self) -> bool:
        return self.taken_at is None and timezone.now() < self.due_at


class FormerName(models.Model):
    """A user name that somebody had who left: nobody else gets it, for texts of others still name them. Kept is a
    digest that only this place can compare."""

    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"former name {self.pk}"

    @classmethod
    def keep(cls, username: str) -> None:
        cls.objects.get_or_create(digest=cls._digest(username))

    @classmethod
    def is_one(cls, username: str) -> bool:
        return cls.objects.filter(digest=cls._digest(username)).exists()

    @staticmethod
    def _digest(username: str) -> str:
        return salted_hmac("accounts.former-name", username.lower(), algorithm="sha256").hexdigest()
