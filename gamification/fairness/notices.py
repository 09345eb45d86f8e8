"""What people are told of a decision about them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.actions import notify
from notifications.models import Kind


def tell_voided(person: User, xp: int) -> None:
    """To quiet members, too, and without a word that they hid: it is a decision about them."""
    sentence = _(
        "A person looked at votes between you and others, and found them arranged: what they brought you (%(xp)d) is "
        "taken back. Votes and texts stay. If that is wrong, tell a moderator of the community."
    )
    notify(person, Kind.VERDICT, title=sentence % {"xp": xp}, url=reverse("gamification:receipts"))
