"""The flame in the head of each page: days of this week, and weeks in a row.

Every page shows it and none has a statement to spare, so it is kept with the member: as it is, and as it will be on
each day on which it changes should they do nothing more. It is worked out anew after each act and each choice.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.requests import MemberRequest
from gamification import rules
from gamification.models import Activity
from gamification.night import everybody, people_tonight
from gamification.streaks.reading import days_of, history_of, rhythm_of
from gamification.streaks.rhythm import Rhythm, forecast


class Flame(NamedTuple):
    """So it burns from `since` (seconds, as computers count them)."""

    since: int
    done: int
    needed: int
    weeks: int

    @property
    def is_kept(self) -> bool:
        return 0 < self.needed <= self.done

    @property
    def shown(self) -> int:
        """Days; more than were planned are not counted."""
        return min(self.done, self.needed)


COLD = Flame(0, 0, rules.PLAN_DAYS, 0)


def flame_of(user: User) -> Flame:
    """Without asking the database."""
    now = timezone.now().timestamp()
    return max((flame for flame in kept_flames(user) if flame.since <= now), default=COLD)


def kept_flames(user: User) -> list[Flame]:
    """As they follow each other."""
    return [Flame(*map(int, flame.split("/"))) for flame in user.flame.split()]


def flame_now(user: User) -> Flame:
    """From the rows."""
    return _flame(0, rhythm_of(user))


def header_flame(request: MemberRequest) -> SafeString:
    return render_to_string("gamification/_flame.html", {"flame": flame_of(request.user)}, request)


def kindle(pk: int) -> None:
    """Works out the flame of this member. One after another, so that the last one has seen all acts."""
    with transaction.atomic():
        for user in User.objects.filter(pk=pk).select_for_update(no_key=True):
            flames = " ".join("/".join(map(str, flame)) for flame in _flames(user))
            User.objects.filter(pk=pk).update(flame=flames)


def kindle_after(pk: int) -> None:
    """When what happens now is done, before the answer goes out."""
    transaction.on_commit(partial(kindle, pk), robust=True)


def kindle_everybody() -> None:
    _kindle_each(everybody())


def kindle_by_night() -> None:
    """Whose flame nobody worked out when it changed, because a process ended too early."""
    _kindle_each(people_tonight())


def _kindle_each(parts: Iterable[Collection[int]]) -> None:
    """Who was active lately, for whom something may still change."""
    since = timezone.now() - rules.FLAME_LOOKS_BACK
    for part in parts:
        lately = Activity.objects.filter(user=OuterRef("pk"), at__gt=since)
        for pk in User.objects.filter(Exists(lately), pk__in=part).values_list("pk", flat=True):
            kindle(pk)


def _flames(user: User) -> Iterator[Flame]:
    days = days_of(user)
    last = None
    for rhythm in islice(forecast(history_of(user, days), days.day_of(timezone.now())), rules.FLAME_DAYS):
        if last is None or _flame(0, rhythm)[1:] != last[1:]:
            since = 0 if last is None else int(days.begin_of(rhythm.today).timestamp())
            last = _flame(since, rhythm)
            yield last


def _flame(since: int, rhythm: Rhythm) -> Flame:
    return Flame(since, rhythm.done, rhythm.needed, rhythm.weeks)
