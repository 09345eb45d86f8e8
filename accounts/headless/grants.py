"""What happens to the grants of programs: one begins with a sign-in, is renewed, and ends with its session.

The session is asked each time, so a sign-out, another password or a closed account count at once.
"""

from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts.headless.signed import Kind, NotOurs, read, written
from accounts.models import Grant, User
from accounts.tokens import TokenRefused


@dataclass(frozen=True)
class Pair:
    """Both tokens, as a program gets them."""

    access_token: str
    refresh_token: str
    expires_in: int  # seconds, the first one

    def as_sent(self) -> dict[str, Any]:
        return asdict(self) | {"token_type": "Bearer"}


def begin_grant(member: User, session_key: str) -> Pair:
    """A program is this member as long as the session lasts."""
    grant, _is_new = Grant.objects.update_or_create(session_key=session_key, defaults={"member": member})
    return _pair(grant)


def grant_behind(access_token: str) -> Grant:
    """With its member. Raises TokenRefused."""
    return _good(Kind.ACCESS, access_token)[0]


def renew_grant(refresh_token: str) -> Pair:
    """New tokens for an old one, which is not good from now on. Who sends it again ends the grant: one of the two has
    stolen it. Of several at once one is served. Raises TokenRefused."""
    grant, session, sent = _good(Kind.REFRESH, refresh_token)
    with transaction.atomic():
        grant.refresh = uuid4()
        is_first = Grant.objects.filter(pk=grant.pk, refresh=sent).update(refresh=grant.refresh)
        if is_first:
            _go_on(session)
    if not is_first:
        end_grant(grant)
        raise TokenRefused(_("This refresh token was used before, so the program is signed out. Sign in again."))
    return _pair(grant)


def end_grant(grant: Grant) -> None:
    """The program is signed out, with its session."""
    _session(grant).delete()
    Grant.objects.filter(pk=grant.pk).delete()


def _good(kind: Kind, token: str) -> tuple[Grant, SessionBase, UUID]:
    try:
        said = read(kind, token)
    except NotOurs:
        raise TokenRefused(_("This token is not known here, or has expired.")) from None
    grant = Grant.objects.select_related("member").filter(pk=said.grant).first()
    if grant is None or str(grant.member_id) != said.member:
        raise TokenRefused(_("This program is signed out. Sign in again."))
    if not grant.member.is_active:
        raise TokenRefused(_("This account is closed."))
    session = _session(grant)
    if not _is_of(session, grant.member):
        raise TokenRefused(_("This program is signed out. Sign in again."))
    return grant, session, said.id


def _is_of(session: SessionBase, member: User) -> bool:
    """It is still there, and as old as the password at least."""
    hashes = (member.get_session_auth_hash(), *member.get_session_auth_fallback_hash())
    kept = session.get(HASH_SESSION_KEY, "")
    return session.get(SESSION_KEY) == str(member.pk) and any(constant_time_compare(kept, one) for one in hashes)


def _session(grant: Grant) -> SessionBase:
    store: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore(grant.session_key)
    return store


def _go_on(session: SessionBase) -> None:
    """It lasts from now on as long as it did from the sign-in."""
    try:
        session.save()
    except UpdateError:
        raise TokenRefused(_("This program is signed out. Sign in again.")) from None


def _pair(grant: Grant) -> Pair:
    seconds = int(Kind.ACCESS.life.total_seconds())
    return Pair(written(Kind.ACCESS, grant), written(Kind.REFRESH, grant), seconds)
