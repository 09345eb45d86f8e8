"""What people are told of a decision about them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.actions import notify
from notifications.models import Kind


def tell_voided(person: User, xp: int, why: str) -> None:
    """To quiet members, too, and without a word that they hid: it is a decision about them.

    A long reason is cut off here; their receipts have all of it.
    """
    sentence = _(
        "A person found votes between you and others arranged. What they brought you (%(xp)d) is taken back; votes and "
        "texts stay. If that is wrong, tell a moderator. Why: %(why)s"
    )
    notify(person, Kind.VERDICT, title=sentence % {"xp": xp, "why": why}, url=reverse("gamification:receipts"))
