"""Asking for another e-mail address, what each mailbox says to it, and the move itself.

See docs/adr/0022-both-mailboxes-agree.md.
"""

from enum import StrEnum

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.languages import in_language_of
from accounts.models import AddressChange, User

SALT = "accounts.address"


class Mailbox(StrEnum):
    NEW = "new"
    OLD = "old"


LETTERS = {Mailbox.NEW: "accounts/email/address_new.txt", Mailbox.OLD: "accounts/email/address_old.txt"}


class TooLate(Exception):
    """The link is not ours, or the change was made, stopped or replaced by another."""


class Taken(Exception):
    """Meanwhile somebody else has this address."""


def ask(*, by: User, email: str) -> AddressChange:
    """Both mailboxes get a link; one that was asked for before is over. Who has no address yet has no old one to ask.
    An address that opens another account is told so there, and nothing shows here. Locks the member."""
    with transaction.atomic():
        member = User.objects.select_for_update(no_key=True).get(pk=by.pk)
        AddressChange.objects.filter(member=member).delete()
        said = None if member.email else timezone.now()
        change = AddressChange.objects.create(member=member, email=email, old_said_at=said)
        send_links(change)
    return change


def send_links(change: AddressChange) -> None:
    """To each mailbox that has not said yes yet."""
    with in_language_of(change.member):
        if change.new_said_at is None:
            if _is_taken(change):
                get_adapter().send_account_already_exists_mail(change.email)
            else:
                _send(change, Mailbox.NEW, to=change.email)
        if change.old_said_at is None:
            _send(change, Mailbox.OLD, to=change.member.email)


def path_to(change: AddressChange, mailbox: Mailbox) -> str:
    token = signing.dumps([change.pk, change.asked_at.isoformat(), mailbox], salt=SALT)
    return reverse("accounts:address_change", args=[token])


def change_behind(token: str) -> tuple[AddressChange, Mailbox]:
    """Raises TooLate."""
    try:
        pk, asked_at, mailbox = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise TooLate from error
    change = AddressChange.objects.select_related("member").filter(pk=pk, member__is_active=True).first()
    if change is None or change.is_over or change.asked_at.isoformat() != asked_at:
        raise TooLate
    return change, Mailbox(mailbox)


def agree(change: AddressChange, mailbox: Mailbox) -> bool:
    """Whether the account has moved by it. Idempotent. Locks the member. Raises TooLate, Taken."""
    with transaction.atomic():
        locked = _locked(change)
        field = f"{mailbox}_said_at"
        setattr(locked, field, getattr(locked, field) or timezone.now())
        locked.save(update_fields=[field])
        if locked.is_agreed:
            _move(locked)
        return locked.is_agreed


def finish(change: AddressChange) -> None:
    """The old mailbox was silent for a week. Locks the member. Raises TooLate, Taken."""
    with transaction.atomic():
        locked = _locked(change)
        if not locked.can_be_finished:
            raise TooLate
        _move(locked)


def stop(change: AddressChange) -> None:
    """Idempotent."""
    AddressChange.objects.filter(pk=change.pk).delete()


def forget_old_changes() -> None:
    AddressChange.objects.filter(asked_at__lte=timezone.now() - AddressChange.KEPT).delete()


def _locked(change: AddressChange) -> AddressChange:
    User.objects.select_for_update(no_key=True).get(pk=change.member_id)
    locked = AddressChange.objects.select_related("member").filter(pk=change.pk).first()
    if locked is None or locked.is_over:
        raise TooLate
    return locked


def _is_taken(change: AddressChange) -> bool:
    return any(user.pk != change.member_id for user in filter_users_by_email(change.email))


def _move(change: AddressChange) -> None:
    member, before = change.member, change.member.email
    if _is_taken(change):
        raise Taken
    try:
        with transaction.atomic():
            EmailAddress.objects.filter(user=member).delete()
            EmailAddress.objects.create(user=member, email=change.email, primary=True, verified=True)
            member.email = change.email
            member.save(update_fields=["email"])
            change.delete()
    except IntegrityError as error:  # somebody joined with it at the same moment
        raise Taken from error
    if before:
        _send_moved(member, before)


def _send(change: AddressChange, mailbox: Mailbox, *, to: str) -> None:
    url = settings.SITE_URL + path_to(change, mailbox)
    told = {"member": change.member, "email": change.email, "url": url, "day": timezone.localtime(change.silent_until)}
    text = render_to_string(LETTERS[mailbox], told)
    EmailMessage(_("Another e-mail address for your account"), text, to=[to]).send()


def _send_moved(member: User, before: str) -> None:
    with in_language_of(member):
        reset = settings.SITE_URL + reverse("account_reset_password")
        told = {"member": member, "before": before, "url": reset}
        text = render_to_string("accounts/email/address_moved.txt", told)
        EmailMessage(_("Your Cairn address was changed"), text, to=[before]).send()
