"""The sums of everybody, worked out anew from the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models.functions import TruncMonth

from accounts.models import User
from communities.models import Membership
from gamification.ledger import lock_people
from gamification.models import DailyXP, Entry
from gamification.summing import sum_up

PEOPLE_AT_ONCE = 100

Sums = dict[tuple[str, object], tuple[int, ...]]


@dataclass(frozen=True)
class Difference:
    """What a sum said, and what it should say."""

    what: str
    was: tuple[int, ...] | None
    now: tuple[int, ...] | None

    def __str__(self) -> str:
        return f"{self.what}: {self.was}, not {self.now}"


def recount_sums(*, is_trial: bool = False) -> Iterator[Difference]:
    """Gives each day and each sum that differs. They are mended, unless `is_trial`."""
    last = 0
    while people := list(User.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PEOPLE_AT_ONCE]):
        last = people[-1]
        with transaction.atomic():
            lock_people(people)
            before = _sums(people)
            sum_up(_months(people), also=people)
            after = _sums(people)
            if is_trial:
                transaction.set_rollback(True)
        for key in sorted(before.keys() | after.keys(), key=str):
            if before.get(key) != after.get(key):
                yield Difference(" ".join(map(str, key)), before.get(key), after.get(key))


def _months(people: list[int]) -> set[tuple[int, date]]:
    """In which they have entries, or days."""
    return {
        row
        for model in (Entry, DailyXP)
        for row in model.objects.filter(user__in=people)
        .annotate(month=TruncMonth("utc_date"))
        .values_list("user", "month")
        .distinct()
    }


def _sums(people: list[int]) -> Sums:
    sums: Sums = {}
    for pk, *values in User.objects.filter(pk__in=people).values_list("pk", "xp", "level"):
        sums["member", pk] = tuple(values)
    for pk, *values in Membership.objects.filter(user__in=people).values_list("pk", "xp", "level"):
        sums["membership", pk] = tuple(values)
    for user, community, day, *values in DailyXP.objects.filter(user__in=people).values_list(
        "user", "community", "utc_date", "raw", "effective"
    ):
        sums["day", (user, community, day.isoformat())] = tuple(values)
    return sums
