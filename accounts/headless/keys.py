"""The keys that sign tokens: the first one signs, all are believed, and everybody may see their public halves."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from jwt.algorithms import RSAAlgorithm
from jwt.utils import base64url_encode

ALGORITHM = "RS256"
BITS_LEAST = 2048


@dataclass(frozen=True)
class Key:
    kid: str
    private: RSAPrivateKey
    public: RSAPublicKey
    jwk: dict[str, Any]


def keys() -> dict[str, Key]:
    """By their ids, the one that signs first."""
    return _read(tuple(settings.JWT_KEYS))


def signing_key() -> Key:
    return next(iter(keys().values()))


@cache
def _read(paths: tuple[Path, ...]) -> dict[str, Key]:
    found = map(_key_in, paths)
    return {key.kid: key for key in found}


def _key_in(path: Path) -> Key:
    private = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(private, RSAPrivateKey) or private.key_size < BITS_LEAST:
        raise ImproperlyConfigured(f"JWT_KEYS: {path} is no RSA key of {BITS_LEAST} bits or more.")
    public = private.public_key()
    numbers = RSAAlgorithm.to_jwk(public, as_dict=True)
    kid = _thumbprint(numbers)
    jwk = {"kty": "RSA", "use": "sig", "alg": ALGORITHM, "kid": kid, "n": numbers["n"], "e": numbers["e"]}
    return Key(kid, private, public, jwk)


def _thumbprint(numbers: dict[str, Any]) -> str:
    """RFC 7638: the same key has the same id everywhere."""
    members = {name: numbers[name] for name in ("e", "kty", "n")}
    return base64url_encode(sha256(dumps(members, separators=(",", ":")).encode()).digest()).decode()
