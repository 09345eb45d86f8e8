"""Signed tokens: writing one, and what one says that we wrote."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID, uuid4

import jwt
from django.conf import settings
from django.utils import timezone

from accounts.headless.keys import ALGORITHM, keys, signing_key
from accounts.models import Grant

CLAIMS = ["iss", "aud", "sub", "sid", "jti", "iat", "exp"]


class Kind(StrEnum):
    """What its header calls a token (RFC 9068 for the first), and where it is good."""

    ACCESS = "at+jwt"
    REFRESH = "rt+jwt"

    @property
    def audience(self) -> str:
        return settings.SITE_URL + {Kind.ACCESS: "/api/v1", Kind.REFRESH: "/api/auth/v1"}[self]

    @property
    def life(self) -> timedelta:
        return {Kind.ACCESS: timedelta(minutes=5), Kind.REFRESH: timedelta(days=14)}[self]


class NotOurs(Exception):
    """We did not write it, or for something else, or it is over."""


@dataclass(frozen=True)
class Said:
    grant: UUID
    member: str
    id: UUID


def written(kind: Kind, grant: Grant) -> str:
    key = signing_key()
    now = timezone.now()
    claims = {
        "iss": settings.SITE_URL,
        "aud": kind.audience,
        "sub": str(grant.member_id),
        "sid": str(grant.uuid),
        "jti": str(grant.refresh if kind == Kind.REFRESH else uuid4()),
        "iat": now,
        "exp": now + kind.life,
    }
    return jwt.encode(claims, key.private, algorithm=ALGORITHM, headers={"kid": key.kid, "typ": kind})


def read(kind: Kind, token: str) -> Said:
    """Raises NotOurs."""
    try:
        header = jwt.get_unverified_header(token)
        key = keys()[header["kid"]]
        if header["typ"] != kind:
            raise NotOurs
        claims = jwt.decode(
            token,
            key.public,
            algorithms=[ALGORITHM],
            audience=kind.audience,
            issuer=settings.SITE_URL,
            options={"require": CLAIMS},
        )
        return Said(UUID(claims["sid"]), claims["sub"], UUID(claims["jti"]))
    except (jwt.PyJWTError, KeyError, ValueError, AttributeError, TypeError) as error:
        raise NotOurs from error
