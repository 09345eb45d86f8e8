"""What the ledger holds, in short."""

from datetime import timedelta

from django.db.models import F, Model

from accounts.models import User
from communities.models import Membership
from gamification.models import Activity, Entry
from gamification.recomputing.slices import Whom, recompute
from gamification.settling import settle_everything
from gamification.streaks.acts import Sources, note_all
from gamification.tasks import settle_what_stood

DAY = timedelta(days=1)


def lines(person: User) -> list[tuple[str, int]]:
    """Rule and amount of each, the oldest first."""
    return list(Entry.objects.of(person).order_by("pk").values_list("rule", "amount"))


def standing(person: User) -> list[tuple[str, int]]:
    return sorted(Entry.objects.of(person).standing().values_list("rule", "amount"))


def xp(person: User) -> int:
    person.refresh_from_db()
    return person.xp


def levels(person: User) -> tuple[int, list[int]]:
    """Altogether, and in each of their communities."""
    person.refresh_from_db()
    here = Membership.objects.filter(user=person).order_by("pk").values_list("level", flat=True)
    return person.level, list(here)


def age(*things: Model, by: timedelta = DAY) -> None:
    """They were written so much earlier, and counted for the days of then."""
    for thing in things:
        of_model = type(thing)._base_manager.filter(pk=thing.pk)
        of_model.update(created_at=F("created_at") - by)
        noun = thing._meta.model_name
        Activity.objects.filter(source_type=noun, source_id=thing.pk).delete()
        note_all(Sources(**{f"{noun}s": [thing.pk]}))


def settle(*things: Model, by: timedelta = DAY) -> None:
    """So much time passes for them, and what stood settles."""
    age(*things, by=by)
    settle_what_stood()


def differences() -> list[object]:
    """What stands and is not due, what is due and does not stand, and numbers that are not those of the ledger."""
    numbers = [found for some in recompute(Whom(), is_trial=True) for found in some.found]
    return [*settle_everything(is_trial=True), *numbers]
