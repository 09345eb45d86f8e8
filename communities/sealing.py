"""Texts that nobody should read, but that may have to come back: encrypted with a key out of SECRET_KEY.

A keyed SHAKE-256 stream hides the text, an HMAC over it proves that it is whole. Why not a library: docs/adr.
"""

import hmac
import secrets
from hashlib import shake_256

from django.conf import settings

NONCE, PROOF = 16, 32
"""Lengths in bytes of what stands before the hidden text."""


class Unopenable(Exception):
    """Sealed with a key that is gone, or damaged."""


def seal(text: str) -> bytes:
    """The same text gives other bytes each time."""
    nonce = secrets.token_bytes(NONCE)
    hidden = _hide(text.encode(), nonce, settings.SECRET_KEY)
    return nonce + _proof(nonce + hidden, settings.SECRET_KEY) + hidden


def unseal(sealed: bytes) -> str:
    """Tries the present key and the earlier ones. Raises Unopenable."""
    nonce, proof, hidden = sealed[:NONCE], sealed[NONCE : NONCE + PROOF], sealed[NONCE + PROOF :]
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if hmac.compare_digest(proof, _proof(nonce + hidden, secret)):
            return _hide(hidden, nonce, secret).decode()
    raise Unopenable


def _hide(data: bytes, nonce: bytes, secret: str) -> bytes:
    """Done twice, it is undone."""
    stream = shake_256(_key(secret, b"hide") + nonce).digest(len(data))
    return bytes(a ^ b for a, b in zip(data, stream, strict=True))


def _proof(data: bytes, secret: str) -> bytes:
    return hmac.digest(_key(secret, b"prove"), data, "sha256")


def _key(secret: str, purpose: bytes) -> bytes:
    return hmac.digest(secret.encode(), b"communities.sealing " + purpose, "sha256")
