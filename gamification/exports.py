"""What this floor contributes to the archive of a member. Who brought them what is somebody else's."""

from django.utils.translation import gettext_lazy as _

from accounts.mydata.own import table
from accounts.mydata.parts import leave_out
from gamification import models


def contribute() -> None:
    earned = (
        "community__slug",
        "rule",
        "amount",
        "source_type",
        "source_id",
        "status",
        "occurred_at",
        "reversal_of_id",
    )
    table("xp", _("Each line of your XP."), models.Entry, "user", *earned)
    days = ("community__slug", "utc_date", "raw", "effective")
    table("xp-days", _("Your XP by day, before and after the caps."), models.DailyXP, "user", *days)
    given = ("key", "tier", "community__slug", "at", "revoked_at", "revoked_for")
    table("achievements", _("Your achievements."), models.Award, "user", *given)
    stood = ("board__span", "board__community__slug", "xp", "is_listed", "reached_at")
    table("boards", _("Your scores on leaderboards."), models.Score, "user", *stood)
    shown = ("shown_as", "pseudonym", "day_start", "shows_earned", "showcase")
    table("game-settings", _("How you appear on leaderboards."), models.Player, "user", *shown)
    acts = ("source_type", "source_id", "community__slug", "at", "local_date", "stands")
    table("activity", _("What filled your days."), models.Activity, "user", *acts)
    table("plans", _("How many days a week you planned."), models.PlanChange, "user", "plan", "week")
    table("pauses", _("Your pauses."), models.Pause, "user", "first", "last")
    table("time-zones", _("When you moved to another time zone."), models.ZoneMove, "user", "zone_before", "zone", "at")
    leave_out("a mark for workers that is gone within seconds", models.Rescore)
    leave_out("tells of others, too, and of what was suspected", models.Favour, models.Case, models.Case.people.through)
