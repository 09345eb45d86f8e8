"""Secrets of second factors at rest: sealed by a key out of SECRET_KEY. Earlier keys still open what they sealed."""

from base64 import urlsafe_b64encode
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class Unopenable(Exception):
    """Sealed with a key that is gone, or damaged."""


def seal(text: str) -> str:
    """The same text gives other words each time."""
    return _box(settings.SECRET_KEY).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises Unopenable."""
    from cryptography.fernet import InvalidToken  # slow, and most processes never open one

    try:
        return _box(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unopenable from error


@cache
def _box(*secrets: str) -> "MultiFernet":
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    return urlsafe_b64encode(salted_hmac("accounts.factors.sealing", "key", secret=secret, algorithm="sha256").digest())
