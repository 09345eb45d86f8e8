"""What every page knows of the inbox."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from notifications.models import QUIETED, Notification
from prepared import Prepared

SHOWN_AT_MOST = 99
_unread = Prepared(
    lambda user: Notification.objects.unread().filter(recipient=user).values_list("pk")[: SHOWN_AT_MOST + 1]
)
_unread_in_quiet = Prepared(
    lambda user: (
        Notification.objects.unread()
        .filter(recipient=user)
        .exclude(kind__in=QUIETED)
        .values_list("pk")[: SHOWN_AT_MOST + 1]
    )
)


def bell(request: HttpRequest) -> dict[str, object]:
    """`unread`: how many notifications wait, counted up to 100 and only when a page asks."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread": 0}
    unread = _unread_in_quiet if user.is_quiet else _unread
    return {"unread": SimpleLazyObject(lambda: len(unread.rows(user.pk)))}
