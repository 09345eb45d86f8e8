"""How a webhook proves that it is Cairn who tells it something."""

import hmac
import secrets

from communities.sealing import seal, unseal

SIGNATURE, DELIVERY, EVENT = "Cairn-Signature", "Cairn-Delivery", "Cairn-Event"


def new_secret() -> tuple[str, bytes]:
    """To be shown once, and as it is kept."""
    secret = f"whsec_{secrets.token_urlsafe(32)}"
    return secret, seal(secret)


def signature(sealed: bytes, body: bytes, at: int) -> str:
    """Over the moment, in seconds since 1970, and the body. Raises `sealing.Unopenable`."""
    key = unseal(sealed).encode()
    return f"t={at},v1={hmac.digest(key, f'{at}.'.encode() + body, 'sha256').hex()}"
