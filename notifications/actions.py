"""Telling a person something, and taking it back."""

from django.utils import timezone

from accounts.models import User
from notifications.models import Kind, Notification

TITLE_LIMIT = 300


def notify(recipient: User, kind: Kind, *, title: str, url: str) -> Notification | None:
    """Puts one sentence with one link into somebody's inbox. Nothing is said to stubs and closed accounts."""
    if not recipient.is_active or recipient.is_stub:
        return None
    return Notification.objects.create(recipient=recipient, kind=kind, title=title[:TITLE_LIMIT], url=url)


def withdraw(*, url: str, recipient: User | None = None) -> None:
    """Takes back what points to `url` or below it: its target is gone, or the recipient may no longer see it."""
    notifications = Notification.objects.filter(url__startswith=url)
    if recipient is not None:
        notifications = notifications.of(recipient)
    notifications.delete()


def mark_read(notification: Notification) -> None:
    """Idempotent: the first time counts."""
    Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=timezone.now())


def mark_all_read(user: User, *, up_to: int) -> None:
    """Marks what the person has seen on the page: everything up to the id `up_to`, nothing that came since."""
    Notification.objects.of(user).unread().filter(pk__lte=up_to).update(read_at=timezone.now())
