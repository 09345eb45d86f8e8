"""A member's days and rhythm, from the rows."""

from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from gamification.models import Activity, Pause, PlanChange, ZoneMove
from gamification.players import player_of
from gamification.streaks.days import Days, Move
from gamification.streaks.rhythm import History, Rhythm, rhythm


def days_of(user: User) -> Days:
    moves = list(ZoneMove.objects.filter(user=user).order_by("at", "pk"))
    first = moves[0].zone_before if moves else user.time_zone
    return Days(first, [Move(move.zone, move.at) for move in moves], day_start=player_of(user).day_start)


def history_of(user: User, days: Days) -> History:
    acts = Activity.objects.of(user).standing().values_list("local_date").annotate(acts=Count("pk"))
    return History(
        acts=dict(acts.order_by("local_date")),
        plans=list(PlanChange.objects.filter(user=user).values_list("week", "plan")),
        pauses=list(Pause.objects.filter(user=user).values_list("first", "last")),
        is_excused=days.is_excused,
    )


def seen_by(user: User) -> tuple[History, Rhythm]:
    """As it is now."""
    days = days_of(user)
    history = history_of(user, days)
    return history, rhythm(history, days.day_of(timezone.now()))


def rhythm_of(user: User) -> Rhythm:
    return seen_by(user)[1]
