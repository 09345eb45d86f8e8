"""Who someone is: the member, where an imported one came from, and the tokens by which programs are a member."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractUser, AnonymousUser, UserManager
from django.db import models
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.circles import sharing_with
from accounts.names import FORMER, username_validators
from accounts.zones import known_zone

STONES_VERSION = "stones-1"


def avatar_path(user: "User", filename: str) -> str:
    return f"avatars/{user.pk}/{filename}"


FORMER_MEMBER = "https://former-member.invalid/"
"""The origin of the one stub that nobody can be, `accounts.former`; the address leads nowhere."""


class ProfileFor(models.TextChoices):
    """Who sees a profile. Name and picture stand beside what its member writes, for whoever may read that."""

    EVERYBODY = "everybody", _("Everybody")
    SIGNED_IN = "signed-in", _("Members who are signed in")
    CIRCLE = "circle", _("Members of my communities")


class CairnUserManager(UserManager["User"]):
    def active(self) -> models.QuerySet["User"]:
        return self.filter(is_active=True)

    def visible_to(self, reader: "User | AnonymousUser") -> models.QuerySet["User"]:
        """Those whose profile the reader may see."""
        if reader.pk is None:
            return self.active().filter(profile_for=ProfileFor.EVERYBODY)
        return self.active().filter(~models.Q(profile_for=ProfileFor.CIRCLE) | sharing_with(reader))

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractUser):
    """A member. A stub is one that an import made and nobody claimed yet: `origin_url` says who it is.

    `xp` is the sum of what counts, which may lie below zero; `level` the highest that it ever reached, `told_level` the
    last that they were told of. `is_quiet`: pages show them nothing of all this; it goes on counting. `flame`: their
    week, see gamification. `welcome_since`: they go through their first steps, and have gone through so many.
    week, see gamification. `language`: in which they are spoken to; empty as their browser says.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    username = models.CharField(_("user name"), max_length=30, unique=True, validators=username_validators)
    name = models.CharField(_("name"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    bio = models.CharField(_("about you"), max_length=280, blank=True)
    avatar = models.ImageField(_("picture"), upload_to=avatar_path, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[known_zone])
    profile_for = models.CharField(
        _("who sees my profile"), max_length=9, choices=ProfileFor, default=ProfileFor.EVERYBODY, db_default="everybody"
    )
    shows_places = models.BooleanField(
        _("show where I take part, and what I contributed there"), default=True, db_default=True
    )
    is_listed = models.BooleanField(_("search engines may list my profile"), default=True, db_default=True)
    welcome_since = models.DateTimeField(null=True, editable=False)
    welcome_steps = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    language = models.CharField(_("language"), max_length=10, default="", db_default="", blank=True)
    answer_order = models.CharField(max_length=10, blank=True, editable=False)
    origin_url = models.URLField(unique=True, null=True, blank=True, editable=False)
    xp = models.IntegerField(_("XP"), default=0, db_default=0, editable=False)
    level = models.PositiveIntegerField(_("level"), default=1, db_default=1, editable=False)
    told_level = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    is_quiet = models.BooleanField(_("quiet"), default=False, db_default=False)
    flame = models.TextField(default="", db_default="", blank=True, editable=False)

    objects: ClassVar[CairnUserManager] = CairnUserManager()

    class Meta:
        indexes = [models.Index(Upper("name"), name="user_name_beginning")]
        constraints = [  # Upper, because that is what `iexact` compares, so these indexes serve it
            models.UniqueConstraint(Upper("username"), name="user_name_once"),
            models.UniqueConstraint(Upper("email"), condition=~models.Q(email=""), name="user_email_once"),
            models.CheckConstraint(condition=models.Q(profile_for__in=ProfileFor.values), name="profile_for_known"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("accounts:profile", args=[self.username])

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return self.name or self.username

    @property
    def avatar_version(self) -> str:
        """Names what the avatar shows now: another picture, another name."""
        return PurePath(str(self.avatar.name)).stem if self.avatar else STONES_VERSION

    @property
    def avatar_url(self) -> str:
        """Changes with the picture, so that browsers may keep what it gives for a year."""
        return f"{reverse('accounts:avatar', args=[self.username])}?v={self.avatar_version}"

    @property
    def shown_xp(self) -> int:
        return max(0, self.xp)

    @property
    def is_stub(self) -> bool:
        """Made by an import; the person behind it has not signed in yet."""
        return self.origin_url is not None and self.last_login is None

    @property
    def is_former(self) -> bool:
        """Not a person: the empty row of somebody who deleted their account, or who stands in for those who took their
        name off a text."""
        return self.username.startswith(FORMER)

    @property
    def is_claimable(self) -> bool:
        """A stub with a person behind it."""
        return self.is_stub and not self.is_former


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


class Attempt(models.Model):
    """A write that a program sent with a key of its own, and what it was answered: the same again gets the same."""

    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    path = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    content_type = models.CharField(max_length=100, blank=True)
    content = models.BinaryField(default=bytes)
    began_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "path", "key"], name="attempt_once_for_a_key")]
        indexes = [models.Index(fields=["began_at"], name="attempt_began")]

    def __str__(self) -> str:
        return self.key


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
