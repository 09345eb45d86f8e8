"""Closing one's account, and opening it again while that is possible."""

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import sessions
from accounts.leaving.steps import obstacles
from accounts.models import Leaving, User
from accounts.signals import suspension_changed

SALT = "accounts.leaving"


class HeldBack(Exception):
    """Something has to be done first. `sentences` say what."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class TooLate(Exception):
    """The link is not ours, or nothing can be undone any more."""


def leave(*, by: User, texts: str) -> Leaving:
    """The account is closed at once: signed out everywhere, nobody signs in, no token opens anything. After
    `Leaving.UNDO` a worker erases it. Idempotent: the first choice counts. Locks the member.

    Announces `suspension_changed`. Raises HeldBack.
    """
    with transaction.atomic():
        member = User.objects.select_for_update(no_key=True).get(pk=by.pk)
        if leaving := Leaving.objects.filter(member=member).first():
            return leaving
        if sentences := obstacles(member):
            raise HeldBack(sentences)
        leaving = Leaving.objects.create(member=member, texts=texts)
        _set_active(member, is_active=False)
        _send_word(leaving)
    sessions.end_all(by)
    return leaving


def undo_token(leaving: Leaving) -> str:
    return signing.dumps([leaving.pk, leaving.asked_at.isoformat()], salt=SALT)


def leaving_behind(token: str) -> Leaving:
    """Raises TooLate."""
    try:
        pk, asked_at = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise TooLate from error
    leaving = Leaving.objects.select_related("member").filter(pk=pk).first()
    if leaving is None or leaving.asked_at.isoformat() != asked_at or not leaving.can_be_undone:
        raise TooLate
    return leaving


def stay(leaving: Leaving) -> User:
    """All is as it was, but that nobody is signed in. Locks the member. Announces `suspension_changed`. Raises
    TooLate."""
    with transaction.atomic():
        member = User.objects.select_for_update(no_key=True).get(pk=leaving.member_id)
        locked = Leaving.objects.select_for_update().filter(pk=leaving.pk).first()
        if locked is None or not locked.can_be_undone:
            raise TooLate
        locked.delete()
        _set_active(member, is_active=True)
    return member


def _set_active(member: User, *, is_active: bool) -> None:
    member.is_active = is_active
    member.save(update_fields=["is_active"])
    suspension_changed.send(User, user=member)


def _send_word(leaving: Leaving) -> None:
    member = leaving.member
    if not member.email:
        return
    url = settings.SITE_URL + reverse("accounts:stay", args=[undo_token(leaving)])
    day = timezone.localtime(leaving.due_at)
    text = render_to_string("accounts/email/leaving.txt", {"member": member, "url": url, "day": day})
    EmailMessage(_("Your account is closed"), text, to=[member.email]).send()
