"""What this floor contributes to the archive of a member."""

from django.utils.translation import gettext_lazy as _

from accounts.mydata.own import table
from notifications.models import Notification


def contribute() -> None:
    said = _("What stood in your inbox.")
    table("notifications", said, Notification, "recipient", "kind", "title", "url", "created_at", "read_at")
