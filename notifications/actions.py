"""Telling a person something, and taking it back."""

from django.db.models import QuerySet
from django.utils import timezone

from accounts.languages import in_language_of
from accounts.models import User
from notifications.models import Kind, Notification

TITLE_LIMIT = 300


def notify(recipient: User, kind: Kind, *, title: object, url: str) -> Notification | None:
    """Puts one sentence with one link into somebody's inbox, in their language. Nothing is said to stubs and closed
    accounts."""
    if not recipient.is_active or recipient.is_stub:
        return None
    with in_language_of(recipient):
        said = str(title)[:TITLE_LIMIT]
    return Notification.objects.create(recipient=recipient, kind=kind, title=said, url=url)


def withdraw(
    *, url: str, recipient: User | None = None, but_for: QuerySet[User] | None = None, naming: str = ""
) -> None:
    """Takes back what points to `url` or below it: its target is gone, or the recipient may no longer see it.

    From `recipient` only, or from everybody `but_for` some; only what says `naming`, where that is given.
    """
    notifications = Notification.objects.filter(url__startswith=url, title__contains=naming)
    if recipient is not None:
        notifications = notifications.of(recipient)
    if but_for is not None:
        notifications = notifications.exclude(recipient__in=but_for)
    notifications.delete()


def mark_read(notification: Notification) -> None:
    """Idempotent: the first time counts."""
    Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=timezone.now())


def mark_all_read(user: User, *, up_to: int) -> None:
    """Marks what the person has seen on the page: everything up to the id `up_to`, nothing that came since."""
    Notification.objects.shown_to(user).unread().filter(pk__lte=up_to).update(read_at=timezone.now())
