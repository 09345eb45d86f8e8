"""Where a member is signed in: what the page lists, when each was last seen, and how one ends from afar."""

import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from accounts.devices import in_words
from accounts.models import User
from accounts.requests import MemberRequest

LISTED = "listed"
"""In the session of everybody who signed in: that it has a line in the list."""
SEEN_EVERY = 300  # seconds


@dataclass(frozen=True)
class Place:
    """One browser or program in which a member is signed in."""

    pk: int | None
    device: str
    since: datetime
    seen_at: datetime
    is_this: bool


def places(request: MemberRequest) -> list[Place]:
    """This one first, then the others, the last seen first."""
    here = request.session.session_key
    listed = {session.session_key: session for session in UserSession.objects.filter(user=request.user)}
    this = listed.pop(here, None) or UserSession(user_agent=request.headers.get("User-Agent", ""))
    others = [listed[key] for key in _open(request.user, [*listed])]
    others.sort(key=lambda session: session.last_seen_at, reverse=True)
    return [_place(this, is_this=True), *(_place(session, is_this=False) for session in others)]


def _open(user: User, keys: list[str]) -> list[str]:
    """Those that still let somebody in: not over, and not from before another password."""
    signs = {user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()}
    stored = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return [session.session_key for session in stored if session.get_decoded().get(HASH_SESSION_KEY) in signs]


def _place(session: UserSession, *, is_this: bool) -> Place:
    return Place(session.pk, in_words(session.user_agent), session.created_at, session.last_seen_at, is_this)


def elsewhere(request: MemberRequest) -> QuerySet[UserSession]:
    """All sessions of the member but this one."""
    others: QuerySet[UserSession] = UserSession.objects.filter(user=request.user)
    return others.exclude(session_key=request.session.session_key)


def end(sessions: QuerySet[UserSession]) -> None:
    """Whoever is signed in there is a stranger from their next request on. Idempotent."""
    get_adapter().end_sessions(sessions)


def end_all(user: User) -> None:
    """Nobody is signed in as this member any more, here or elsewhere. Idempotent."""
    end(UserSession.objects.filter(user=user))


def note_seen(session_key: str) -> None:
    """That somebody is there now; kept once in five minutes, by each process for itself."""
    _keep_seen(session_key, int(time.time()) // SEEN_EVERY)


@lru_cache(maxsize=10_000)
def _keep_seen(session_key: str, _window: int) -> None:
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=timezone.now())


def forget_ended() -> None:
    """Takes lines out of the list whose session is gone."""
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
