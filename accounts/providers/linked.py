"""Which accounts elsewhere open a member's account here."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest

from accounts.models import User


def forget_others(request: HttpRequest, user: User) -> None:
    """Only the account by which the member signs in at this moment goes on opening theirs."""
    used = {(record.get("provider"), record.get("uid")) for record in get_authentication_records(request, user)}
    for account in SocialAccount.objects.filter(user=user):
        if (account.provider, account.uid) not in used:
            account.delete()
