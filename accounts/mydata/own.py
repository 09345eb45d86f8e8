"""What the account itself contributes to the archive of its member."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import AddressChange, Attempt, Consent, Export, Grant, Leaving, Token, User
from accounts.mydata.parts import Folder, Rows, Table, Words, leave_out, take_along
from outbox.models import Mail

ABOUT = (
    "username",
    "name",
    "email",
    "bio",
    "time_zone",
    "language",
    "answer_order",
    "profile_for",
    "shows_places",
    "is_listed",
    "is_quiet",
    "xp",
    "level",
    "origin_url",
)


def contribute() -> None:
    take_along(Table("account", _("Your profile and settings."), _account), User)
    take_along(Folder("picture", _("Your picture."), _with_picture, lambda me: (f"{me.username}.webp", me.avatar)))
    table("e-mail-addresses", _("Your addresses."), EmailAddress, "user", "email", "verified", "primary")
    agreed = _("What you agreed to, in the wording of which day, and when.")
    table("consents", agreed, Consent, "member", "kind", "version", "given_at")
    moving = _("The address that you want to move to, and which mailbox has said yes.")
    table("address-change", moving, AddressChange, "member", "email", "asked_at", "new_said_at", "old_said_at")
    sessions = _("Where you are signed in.")
    table("sessions", sessions, UserSession, "user", "created_at", "last_seen_at", "ip", "user_agent")
    elsewhere = _("Accounts elsewhere by which you sign in: what they call you, and the number by which we know them.")
    known = ("provider", "uid", "extra_data", "date_joined", "last_login")
    table("accounts-elsewhere", elsewhere, SocialAccount, "user", *known)
    factors = _("Your second factors, without what is secret.")
    table("second-factors", factors, Authenticator, "user", "type", "created_at", "last_used_at")
    tokens = ("name", "scope", "prefix", "created_at", "expires_at", "revoked_at", "last_used_at")
    table("tokens", _("Tokens of your programs, without what is secret."), Token, "member", *tokens)
    table("programs", _("Programs that signed in as you."), Grant, "member", "created_at")
    take_along(Table("mails", _("Mails that we sent you; their text is not kept."), _mails), Mail)
    leave_out("what makes this very archive", Export)
    leave_out("who deletes their account is signed in nowhere", Leaving)
    leave_out("answers to programs, kept for a day in case they ask again", Attempt)
    leave_out("what somebody may do as one of the staff", User.groups.through, User.user_permissions.through)
    leave_out("what the staff did for the place", LogEntry)


def table(name: str, says: Words, model: type[Model], owner: str, *fields: str) -> None:
    """Rows that belong to the member by the field `owner`, as they stand."""
    take_along(Table(name, says, rows_of(model, owner, *fields)), model)


def rows_of(model: type[Model], owner: str, *fields: str) -> Callable[[User], Rows]:
    def rows(member: User) -> Rows:
        mine: Rows = model._default_manager.filter(**{owner: member}).order_by("pk").values(*fields)
        return mine

    return rows


def _account(member: User) -> Rows:
    me: Rows = User.objects.filter(pk=member.pk).values(*ABOUT, "date_joined", "last_login")
    return me


def _with_picture(member: User) -> QuerySet[User]:
    return User.objects.filter(pk=member.pk).exclude(avatar="")


def _mails(member: User) -> Rows:
    mine = Mail.objects.filter(recipient__iexact=member.email) if member.email else Mail.objects.none()
    return mine.order_by("pk").values("subject", "created_at", "sent_at")
