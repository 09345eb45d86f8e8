"""Personal tokens: making and revoking them, and who a program is that sends one."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from accounts.models import Scope, Token, User

BEGINNING = "cairn_"
SECRET_LENGTH = 40  # letters and digits: 238 bits
SHOWN_LENGTH = len(BEGINNING) + 6
IN_USE_MAX = 20
NOTED_AFTER = timedelta(minutes=1)  # at least, between two notes of when a token was used


class TooManyTokens(Exception):
    """Somebody has as many as one may have."""


class TokenRefused(Exception):
    """The message is a sentence that says why."""


def make_token(*, by: User, name: str, scope: Scope, days: int) -> tuple[Token, str]:
    """A token, and what a program has to send: nobody can look that up later. A mail tells the member.

    Locks the member. Raises TooManyTokens.
    """
    now = timezone.now()
    secret = BEGINNING + get_random_string(SECRET_LENGTH)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        if by.tokens.in_use(now).count() >= IN_USE_MAX:
            raise TooManyTokens
        token = Token.objects.create(
            member=by,
            name=name,
            scope=scope,
            prefix=secret[:SHOWN_LENGTH],
            digest=digest_of(secret),
            expires_at=now + timedelta(days=days),
        )
        _send_word(token)
    return token, secret


def revoke_token(token: Token) -> None:
    """No program is let in by it any more. Nothing happens to one that was revoked before."""
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def token_behind(secret: str) -> Token:
    """With its member, for whom it is noted that it was used. Raises TokenRefused."""
    now = timezone.now()
    token = Token.objects.select_related("member").filter(digest=digest_of(secret)).first()
    if token is None or token.revoked_at is not None:
        raise TokenRefused(_("This token is not known here, or was revoked."))
    if token.expires_at <= now:
        raise TokenRefused(_("This token has expired. Make a new one in your settings."))
    if not token.member.is_active:
        raise TokenRefused(_("This account is closed."))
    _note_use(token, now)
    return token


def digest_of(secret: str) -> str:
    """As long and as random as a token is, a plain hash of it cannot be guessed back."""
    return sha256(secret.encode()).hexdigest()


def _send_word(token: Token) -> None:
    """Whoever sits at somebody else's keyboard for a minute makes none unseen."""
    if not token.member.email:
        return
    context = {"token": token, "url": settings.SITE_URL + reverse("accounts:tokens")}
    text = render_to_string("accounts/email/token_made.txt", context)
    EmailMessage(_("A token for your account was made"), text, to=[token.member.email]).send()


def _note_use(token: Token, now: datetime) -> None:
    if token.last_used_at is None or token.last_used_at <= now - NOTED_AFTER:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
