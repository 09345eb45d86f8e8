"""What second factors are called, where their secrets rest, and for which site a passkey is."""

from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.factors.sealing import seal, unseal
from accounts.models import User

NAME = "Cairn"


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": gettext_lazy("Switch off the second step first, then you can add an address."),
        "cannot_delete_authenticator": gettext_lazy("This cannot be switched off."),
        "cannot_generate_recovery_codes": gettext_lazy("Set up the second step first."),
        "incorrect_code": gettext_lazy("This is not right. Each code is good once, and for half a minute."),
        "unverified_email": gettext_lazy("One of your addresses is not confirmed yet. Confirm it first, or forget it."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises Unopenable, which `wrapping` takes for a code that is wrong: an empty secret would be known to all."""
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return NAME

    def get_totp_label(self, user: User) -> str:
        return user.username

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002  # allauth's word
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey") if not count else _("Passkey %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site as SITE_URL names it, whatever host the request named."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "", "name": NAME}
