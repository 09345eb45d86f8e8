"""What a signed id_token says, when it is good."""

import time
from secrets import compare_digest
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Those with a public key: with any other, who may check a token could also write one."""
CLAIMS = ["iss", "aud", "sub", "exp", "iat"]
LEEWAY = 30  # seconds that a provider's clock may differ from ours
FRESH = 600  # seconds; a program brings a token when it has just got it


class BadToken(OAuth2Error):
    """It is not from this provider, not for us, not from now, or not for this sign-in."""


def said_in(
    id_token: str, *, keys: dict[str, Any], issuer: str, audience: str, nonce: str | None = None
) -> dict[str, Any]:
    """Its claims. `nonce`: what we sent with this sign-in; None where we began none. Raises BadToken."""
    try:
        said: dict[str, Any] = jwt.decode(
            id_token,
            _key_of(id_token, keys),
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=audience,
            leeway=LEEWAY,
            options={"require": CLAIMS},
        )
    except (jwt.PyJWTError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadToken(f"id_token refused: {type(error).__name__}") from error
    if isinstance(said["aud"], list) and len(said["aud"]) > 1 and said.get("azp") != audience:
        raise BadToken("id_token refused: made for another program as well")
    if nonce is None and said["iat"] < time.time() - FRESH - LEEWAY:
        raise BadToken("id_token refused: it was written a while ago")
    if nonce is not None and not compare_digest(str(said.get("nonce", "")).encode(), nonce.encode()):
        raise BadToken("id_token refused: its nonce is not the one of this sign-in")
    return said


def _key_of(id_token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    """The key that it names; where it names none, the only one."""
    kid = jwt.get_unverified_header(id_token).get("kid")
    found = [key for key in jwt.PyJWKSet.from_dict(keys).keys if kid in (None, key.key_id)]
    if len(found) != 1:
        raise BadToken("id_token refused: signed by a key that the provider does not name")
    return found[0]
