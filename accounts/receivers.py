"""What this floor does about facts that the sign-in library announces."""

from allauth.account.signals import user_signed_up
from django.dispatch import receiver

from accounts.actions import begin_welcome
from accounts.consents import agree_to_rules
from accounts.models import User


@receiver(user_signed_up)
def welcome(user: User, **_: object) -> None:
    agree_to_rules(user)
    begin_welcome(user)
