"""How a member appears on leaderboards: by name, by another name, or not at all."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.unfit import Unfit
from gamification.models import Player, Rescore, ShownAs
from gamification.tasks import refresh_scores
from outbox import enqueue


def choose_appearance(*, by: User, shown_as: str, pseudonym: str = "") -> None:
    """Others see `by` on all leaderboards as chosen: at once on what they read, within a minute in what is counted.

    Raises Unfit for a pseudonym by which others are known. Idempotent.
    """
    given = pseudonym if shown_as == ShownAs.PSEUDONYM else None
    if given is not None and _is_taken(given, by=by):
        raise Unfit(_("Somebody else is known by this name; choose another."))
    try:
        with transaction.atomic():
            Player.objects.update_or_create(user=by, defaults={"shown_as": shown_as, "pseudonym": given})
            rescore_soon(by)
    except IntegrityError as error:  # somebody chose it in this moment
        raise Unfit(_("Somebody else is known by this name; choose another.")) from error


def _is_taken(pseudonym: str, *, by: User) -> bool:
    """As a user name, a name or a pseudonym of somebody else."""
    people = User.objects.filter(Q(username__iexact=pseudonym) | Q(name__iexact=pseudonym))
    players = Player.objects.filter(pseudonym__iexact=pseudonym)
    return people.exclude(pk=by.pk).exists() or players.exclude(user=by).exists()


def rescore_soon(user: User) -> None:
    """Their choice, or where they belong, changed: soon all boards know it."""
    Rescore.objects.update_or_create(user=user, defaults={"since": timezone.now()})
    enqueue(refresh_scores, user.pk)


def plant_appearances(people: Iterable[User]) -> None:
    """The members of the demo are seen by name, but for the first, who has still to choose."""
    _first, *others = people
    Player.objects.bulk_create([Player(user=member, shown_as=ShownAs.NAME) for member in others], ignore_conflicts=True)
    for member in others:
        rescore_soon(member)
