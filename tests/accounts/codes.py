"""What a phone shows: the code of a secret at some moment."""

import time
from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from accounts.factors.sealing import unseal
from accounts.models import User

HALF_MINUTE = 30
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def give_app(member: User) -> Authenticator:
    """An app that shows codes is set up for them, with SECRET."""
    return TOTP.activate(member, SECRET).instance


def secret_of(member: User) -> str:
    return unseal(Authenticator.objects.get(user=member, type="totp").data["secret"])


def code_of(secret: str = SECRET, ago: int = 0) -> str:
    """What the phone shows now, or showed so many half minutes ago (−1: shows next)."""
    return format_hotp_value(hotp_value(secret, int(auth.time.time()) // HALF_MINUTE - ago))


def stop_the_clock(monkeypatch) -> None:
    """For codes alone: on a slow machine a test takes longer than they are good."""
    now = time.time()
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: now))
