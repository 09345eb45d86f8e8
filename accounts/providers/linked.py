"""Which accounts elsewhere open a member's account here, and how one stops to."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.internal.flows.login import get_authentication_records
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.connect import validate_disconnect
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.db import transaction
from django.http import HttpRequest

from accounts.models import User
from accounts.requests import MemberRequest


@dataclass(frozen=True)
class Linked:
    pk: int
    provider: str
    called: str
    since: datetime


def linked(user: User) -> list[Linked]:
    accounts = SocialAccount.objects.filter(user=user).order_by("pk")
    return [Linked(one.pk, name_of(one), one.extra_data.get("username", ""), one.date_joined) for one in accounts]


def name_of(account: SocialAccount) -> str:
    """As on its button; what is not in the settings any more goes by its short name."""
    apps: list[SocialApp] = get_adapter().list_apps(None, account.provider)
    return str(apps[0].name if apps else account.provider)


def is_opened_from_elsewhere_only(user: User) -> bool:
    """There is no password to ask for."""
    return not user.has_usable_password() and SocialAccount.objects.filter(user=user).exists()


def unlink(request: MemberRequest, account: SocialAccount) -> None:
    """This account elsewhere opens the member's account no more; a mail tells them. One after another for each member,
    so that one way in is left. Raises ValidationError when it is the last."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=account.user_id)
        if not SocialAccount.objects.filter(pk=account.pk).exists():
            return
        validate_disconnect(request, account)
        account.delete()
        told = {"name": name_of(account)}
        get_adapter().send_notification_mail("socialaccount/email/account_disconnected", request.user, told)


def forget_others(request: HttpRequest, user: User) -> None:
    """Only the account by which the member signs in at this moment goes on opening theirs."""
    used = {(record.get("provider"), record.get("uid")) for record in get_authentication_records(request, user)}
    for account in SocialAccount.objects.filter(user=user):
        if (account.provider, account.uid) not in used:
            account.delete()
