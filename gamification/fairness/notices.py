"""What people are told of a decision about them."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.languages import Said
from accounts.models import User
from communities.models import Community
from notifications.actions import notify
from notifications.models import Kind


def tell_voided(person: User, xp: int, why: str, communities: Collection[int]) -> None:
    """To quiet members, too, and without a word that they hid: it is a decision about them.

    A long reason is cut off here; their receipts have all of it. Leads to those who can be told that it is wrong.
    """
    sentence = _(
        "A person found votes between you and others arranged. What they brought you (%(xp)d) is taken back; votes and "
        "texts stay. If that is wrong, tell a moderator. Why: %(why)s"
    )
    notify(
        person, Kind.VERDICT, title=Said(sentence, {"xp": xp, "why": why}), url=_where_to_object(person, communities)
    )


def _where_to_object(person: User, communities: Collection[int]) -> str:
    there = Community.objects.visible_to(person).filter(pk__in=communities).order_by("pk").first()
    return reverse("communities:community_about", args=[there.slug]) if there else reverse("gamification:receipts")
