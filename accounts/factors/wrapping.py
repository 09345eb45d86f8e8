"""What a row of a second factor can do: as in allauth, but a code of the app is good once, and passkeys load late."""

from collections.abc import Iterator
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.webauthn.internal import auth as passkeys
from django.db import transaction

from accounts.factors.sealing import Unopenable, seal, unseal

LAST = "last_counter"


class AppCodes(TOTP):
    """allauth remembers used codes in the cache, for less time than they are good. Here the row knows the last one, so
    none is good twice, and Redis may be away."""

    @transaction.atomic
    def validate_code(self, code: str) -> bool:
        row = Authenticator.objects.select_for_update().get(pk=self.instance.pk)
        try:
            secret = unseal(row.data["secret"])
        except Unopenable:
            return False
        for counter in matching(secret, code):
            if counter > row.data.get(LAST, 0):
                row.data |= {LAST: counter, "secret": seal(secret)}  # with the key of now
                row.save(update_fields=["data"])
                return True
        return False


class SpareCodes(RecoveryCodes):
    """None are left when the key is gone that opens them."""

    def generate_codes(self) -> list[str]:
        try:
            codes: list[str] = super().generate_codes()
        except Unopenable:
            return []
        return codes


def matching(secret: str, code: str) -> Iterator[int]:
    """The half minutes, as they are counted since 1970, in which this code stands on the phone."""
    for counter in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
            yield counter


def wrap(row: Authenticator) -> Any:
    if row.type == Authenticator.Type.TOTP:
        return AppCodes(row)
    if row.type == Authenticator.Type.RECOVERY_CODES:
        return SpareCodes(row)
    return passkeys.WebAuthn(row)
