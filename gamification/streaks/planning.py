"""What a member chooses: days a week, when their day begins, and pauses planned before they begin."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.unfit import Unfit
from gamification import rules
from gamification.models import Pause, PlanChange, Player
from gamification.streaks.flame import kindle_after
from gamification.streaks.reading import days_of

ONE_DAY = timedelta(days=1)


def choose_plan(*, by: User, plan: int, day_start: int) -> date:
    """From next Monday, which it returns, so many days a week are planned; the day begins then from now on. Idempotent.

    Days that were counted stay as they are.
    """
    with transaction.atomic():
        Player.objects.update_or_create(user=by, defaults={"day_start": day_start})
        today = today_of(by)
        monday = today + ONE_DAY * (7 - today.weekday())
        PlanChange.objects.update_or_create(user=by, week=monday, defaults={"plan": plan})
        kindle_after(by.pk)
    return monday


def plan_pause(*, by: User, first: date, last: date) -> Pause:
    """Nothing is expected on these days. Raises Unfit for days that are over, too many, or planned already.

    Locks the member, so that two at once are not too many together.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        _check_fits(by, first, last)
        pause = Pause.objects.create(user=by, first=first, last=last)
        kindle_after(by.pk)
    return pause


def end_pause(pause: Pause, *, by: User) -> None:
    """What is over of it stays; the rest is as if it had not been planned. Idempotent."""
    if pause.user_id != by.pk:
        raise PermissionDenied
    today = today_of(by)
    with transaction.atomic():
        if pause.first >= today:
            Pause.objects.filter(pk=pause.pk).delete()
        elif pause.last >= today:
            Pause.objects.filter(pk=pause.pk).update(last=today - ONE_DAY)
        kindle_after(by.pk)


def today_of(user: User) -> date:
    return days_of(user).day_of(timezone.now())


def _check_fits(by: User, first: date, last: date) -> None:
    if first < today_of(by):
        raise Unfit(_("A pause begins today or later: what is over can't be paused."))
    if last < first:
        raise Unfit(_("A pause ends on the day it begins, or later."))
    if (last - first).days >= rules.PAUSE_DAYS:
        raise Unfit(_("A pause is at most %(n)s days long.") % {"n": rules.PAUSE_DAYS})
    planned = Pause.objects.filter(user=by)
    if planned.filter(first__lte=last, last__gte=first).exists():
        raise Unfit(_("Some of these days are planned as a pause already."))
    for year in {first.year, last.year}:
        days = sum(_days_in(year, pause.first, pause.last) for pause in planned) + _days_in(year, first, last)
        if days > rules.PAUSE_DAYS_A_YEAR:
            said = _("That would be %(days)s days of pause in %(year)s; %(n)s is the most.")
            raise Unfit(said % {"days": days, "year": year, "n": rules.PAUSE_DAYS_A_YEAR})


def _days_in(year: int, first: date, last: date) -> int:
    first, last = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    return max(0, (last - first).days + 1)
