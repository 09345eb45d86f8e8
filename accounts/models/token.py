"""What programs hold that are a member."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.member import User


class Scope(models.TextChoices):
    """What a program may do with a token."""

    READ = "read", _("Read")
    WRITE = "write", _("Read and write")


class TokenQuerySet(models.QuerySet["Token"]):
    def in_use(self, now: datetime) -> "TokenQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=now)


class Token(models.Model):
    """A personal token: a program that sends it is its member. Kept is a digest; the token itself is shown once."""

    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    scope = models.CharField(max_length=5, choices=Scope)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="token_digest_once")]

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """A program that signed in as a member: the session that this rests on, and its only good refresh token."""

    uuid = models.UUIDField(primary_key=True, default=uuid4)
    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    session_key = models.CharField(max_length=40)
    refresh = models.UUIDField(default=uuid4)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session_key"], name="grant_once_for_a_session")]

    def __str__(self) -> str:
        return str(self.uuid)
