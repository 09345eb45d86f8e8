"""What happens to a member: the profile changes, an imported member is claimed."""

from functools import partial
from secrets import token_hex

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.consents import agree_to_rules
from accounts.models import User
from accounts.permissions import can_invite_claim
from accounts.signals import profile_changed, zone_changed

CLAIM_SALT = "accounts.claim"
CLAIM_SECONDS = 7 * 24 * 3600
PROFILES = 7_302  # names the lock among those of this database that lock no row


class ClaimRefused(Exception):
    """The link does not lead to an account that can be claimed."""


class ClaimForged(ClaimRefused):
    """We never made this link."""


class ClaimExpired(ClaimRefused):
    """The link is older than seven days."""


class AlreadyClaimed(ClaimRefused):
    """The account belongs to somebody now."""


def edit_profile(
    user: User,
    *,
    name: str,
    bio: str,
    time_zone: str,
    picture: bytes | None = None,
    back_to_stones: bool = False,
) -> User:
    """What others see of the member is as given. `picture` is what `square_picture` made; without it the present
    one stays, or goes when `back_to_stones` is set.

    Announces `profile_changed` when name or picture changed, and `zone_changed`. The old picture's file goes after
    commit. One after another for each member; their row is locked last, for who hears of it locks texts.
    """
    with transaction.atomic():
        _wait_for_turn(user)
        member = User.objects.get(pk=user.pk)
        old_name, old_picture, old_zone = member.name, member.avatar.name, member.time_zone
        member.name, member.bio, member.time_zone = name, bio, time_zone
        if picture is not None:
            member.avatar.save(f"{token_hex(8)}.webp", ContentFile(picture), save=False)
        elif back_to_stones:
            member.avatar = ""
        if old_picture and old_picture != member.avatar.name:
            transaction.on_commit(partial(member.avatar.storage.delete, old_picture))
        if (old_name, old_picture) != (member.name, member.avatar.name):
            profile_changed.send(sender=User, user=member)
        member.save(update_fields=["name", "bio", "time_zone", "avatar"])
        if old_zone != time_zone:
            zone_changed.send(sender=User, user=member, before=old_zone)
    return member


def choose_privacy(user: User, *, profile_for: str, shows_places: bool, is_listed: bool) -> None:
    """From now on only these see the member's profile, with the communities or without, and search engines are told
    whether to list it. Idempotent.
    """
    User.objects.filter(pk=user.pk).update(profile_for=profile_for, shows_places=shows_places, is_listed=is_listed)


def begin_welcome(user: User) -> None:
    """The member stands before the first of their first steps."""
    user.welcome_since, user.welcome_steps = timezone.now(), 0
    User.objects.filter(pk=user.pk).update(welcome_since=user.welcome_since, welcome_steps=0)


def note_step(user: User, *, gone: int) -> None:
    """They have gone through so many steps at least: who went back goes on where they were."""
    User.objects.filter(pk=user.pk, welcome_steps__lt=gone).update(welcome_steps=gone)


def end_welcome(user: User) -> None:
    """They are through, or want no more of it. Idempotent."""
    User.objects.filter(pk=user.pk).update(welcome_since=None)


def _wait_for_turn(user: User) -> None:
    """Until the transaction ends nobody else edits this profile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [PROFILES, user.pk % 2**31])


def claim_link(stub: User, *, by: User) -> str:
    """An address, good for seven days, at which the person behind an imported member takes the account over.

    Raises PermissionDenied and AlreadyClaimed.
    """
    if not can_invite_claim(by):
        raise PermissionDenied
    if not stub.is_claimable:
        raise AlreadyClaimed
    token = signing.dumps(stub.pk, salt=CLAIM_SALT)
    return settings.SITE_URL + reverse("accounts:claim", args=[token])


def stub_behind(token: str) -> User:
    """The imported member that a claim link is for. Raises ClaimForged, ClaimExpired, AlreadyClaimed."""
    try:
        pk = signing.loads(token, salt=CLAIM_SALT, max_age=CLAIM_SECONDS)
    except signing.SignatureExpired as error:
        raise ClaimExpired from error
    except signing.BadSignature as error:
        raise ClaimForged from error
    member = User.objects.active().filter(pk=pk).first()
    if member is None or not member.is_claimable:
        raise AlreadyClaimed
    return member


def claim(stub: User, *, email: str, password: str) -> User:
    """The imported member has an address, still to be verified, and a password. Until the first sign-in, which
    needs the verification, it stays a stub and the link stays good, so that a mistyped address locks nobody out.

    Locks the member. Raises AlreadyClaimed.
    """
    with transaction.atomic():
        member = User.objects.select_for_update(no_key=True).get(pk=stub.pk)
        if not member.is_claimable:
            raise AlreadyClaimed
        EmailAddress.objects.filter(user=member).delete()
        EmailAddress.objects.create(user=member, email=email, primary=True, verified=False)
        member.email = email
        member.set_password(password)
        member.save(update_fields=["email", "password"])
        agree_to_rules(member)
    return member


def speak(user: User, language: str) -> None:
    """In which language the member is spoken to from now on."""
    User.objects.filter(pk=user.pk).exclude(language=language).update(language=language)


def remember_answer_order(user: User, order: str) -> None:
    """In which order the member reads answers from now on."""
    User.objects.filter(pk=user.pk).exclude(answer_order=order).update(answer_order=order)
