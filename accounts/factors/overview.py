"""Which second factors a member has: what the page "Security" shows of them."""

from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator

from accounts.models import User

TYPES = Authenticator.Type
SECOND_STEPS = (TYPES.TOTP, TYPES.WEBAUTHN)
"""What a sign-in asks for. Recovery codes only stand in for them."""


@dataclass(frozen=True)
class Factors:
    app: Authenticator | None
    spare: Authenticator | None
    passkeys: tuple[Authenticator, ...]

    @property
    def are_on(self) -> bool:
        return bool(self.app or self.passkeys)

    @property
    def spare_left(self) -> int:
        """How many recovery codes are not used yet."""
        used: int = self.spare.data["used_mask"] if self.spare else 0
        return app_settings.RECOVERY_CODE_COUNT - used.bit_count() if self.spare else 0


def factors_of(member: User) -> Factors:
    rows = list(Authenticator.objects.filter(user=member).order_by("pk"))
    of = {kind: [row for row in rows if row.type == kind] for kind in TYPES}
    app, spare = (next(iter(of[kind]), None) for kind in (TYPES.TOTP, TYPES.RECOVERY_CODES))
    return Factors(app, spare, tuple(of[TYPES.WEBAUTHN]))


def has_second_step(member: User) -> bool:
    return bool(Authenticator.objects.filter(user=member, type__in=SECOND_STEPS).exists())
