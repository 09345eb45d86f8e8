"""What the account itself erases, last of all: after it nobody knows whose row this was."""

from functools import partial
from secrets import token_hex

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import sessions
from accounts.leaving.steps import erase_by, hold_back, keep
from accounts.models import AddressChange, Attempt, Consent, Export, FormerName, Grant, Leaving, Token, User
from accounts.mydata.asking import forget_export
from accounts.names import FORMER
from accounts.signals import profile_changed
from outbox.models import Mail

NAMELESS = "former member"


def register() -> None:
    erase_by(
        _empty_row,
        User,
        EmailAddress,
        AddressChange,
        Consent,
        User.groups.through,
        User.user_permissions.through,
        LogEntry,
    )
    erase_by(_take_what_opens, UserSession, SocialAccount, Authenticator, Token, Grant, Attempt, Export, AddressChange)
    keep("that somebody left, and when; leads to the empty row", Leaving)
    hold_back(_is_last_superuser)


def _is_last_superuser(member: User) -> list[str]:
    others = User.objects.active().filter(is_superuser=True).exclude(pk=member.pk)
    if not member.is_superuser or others.exists():
        return []
    return [_("You are the only one who looks after this place. Make somebody else a superuser first.")]


def _take_what_opens(member: User, _leaving: Leaving) -> None:
    """Sessions, second factors, accounts elsewhere, tokens, archives; and mails, which hold the address."""
    sessions.end_all(member)
    for opens in (SocialAccount, Authenticator):
        opens.objects.filter(user=member).delete()
    for model in (Token, Grant, Attempt):
        model._default_manager.filter(member=member).delete()
    for export in Export.objects.filter(member=member):
        forget_export(export)
    for email in (member.email, *AddressChange.objects.filter(member=member).values_list("email", flat=True)):
        Mail.objects.filter(recipient__iexact=email).delete()
    AddressChange.objects.filter(member=member).delete()


def _empty_row(member: User, _leaving: Leaving) -> None:
    """The row is nobody's: no name, no address, no picture, no rights. Others who show it are told, see
    `profile_changed`; the user name is never given to anybody else. Locks the member last, as `edit_profile` does.
    """
    with transaction.atomic():
        fresh = User.objects.get(pk=member.pk)
        if fresh.is_former:
            return
        FormerName.keep(fresh.username)
        _forget_in_log(fresh)
        if fresh.avatar:
            transaction.on_commit(partial(fresh.avatar.storage.delete, str(fresh.avatar.name)))
        profile_changed.send(User, user=fresh)
        EmailAddress.objects.filter(user=fresh).delete()
        Consent.objects.filter(member=fresh).delete()
        fresh.groups.clear()
        fresh.user_permissions.clear()
        empty = dict.fromkeys(("email", "bio", "avatar", "answer_order", "flame", "language"), "")
        blank = empty | {"time_zone": "UTC"}
        no_more = {"origin_url": None, "last_login": None, "is_staff": False, "is_superuser": False, "is_active": False}
        fresh.set_unusable_password()
        named = {"username": f"{FORMER}{token_hex(8)}", "name": NAMELESS, "password": fresh.password}
        User.objects.filter(pk=fresh.pk).update(**blank, **no_more, **named)


def _forget_in_log(member: User) -> None:
    """What staff did with this account stays, but not what it was called."""
    account = ContentType.objects.get_for_model(User)
    about = Q(content_type=account, object_id=str(member.pk))
    for called in {member.username, member.name, member.email} - {""}:
        about |= Q(object_repr__icontains=called) | Q(change_message__icontains=called)
    LogEntry.objects.filter(about).update(object_repr=NAMELESS, change_message="")
