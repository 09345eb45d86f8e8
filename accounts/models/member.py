"""A member."""

from pathlib import PurePath
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, AnonymousUser, UserManager
from django.db import models
from django.db.models.functions import Upper
from django.urls import reverse
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
    `language`: in which they are spoken to; empty as their browser says.
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
