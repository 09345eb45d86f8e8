"""The way back for a member who lost the phone and the recovery codes: their password alone signs them in again."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import User


class Command(BaseCommand):
    help = "Takes all second factors of a member away, and tells them by mail. Be sure that it is they who ask."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    @transaction.atomic
    def handle(self, *args: Any, username: str, **options: Any) -> None:
        member = User.objects.filter(username__iexact=username).first()
        if member is None:
            raise CommandError(f"Nobody is called {username}.")
        rows = Authenticator.objects.filter(user=member)
        kinds = [row.get_type_display() for row in rows.order_by("pk")]
        if not kinds:
            raise CommandError(f"{member.username} has no second factor.")
        rows.delete()
        if member.email:
            get_adapter().send_mail("mfa/email/totp_deactivated", member.email, {})
        self.stdout.write(f"Removed from {member.username}: {', '.join(kinds)}. Their password alone signs them in.")
