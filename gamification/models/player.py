"""What a member chose about everything that this floor shows."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from gamification import rules


class ShownAs(models.TextChoices):
    """How others see a member on leaderboards; who has not chosen yet is not shown."""

    UNCHOSEN = "", _("Not chosen yet")
    NAME = "name", _("By name")
    PSEUDONYM = "pseudonym", _("By another name")
    HIDDEN = "hidden", _("Not at all")


class Player(models.Model):
    """`day_start` is in hours after midnight. `shows_earned`: others see level and achievements.

    Who never chose anything has no row.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="player")
    shown_as = models.CharField(max_length=9, choices=ShownAs, blank=True, default=ShownAs.UNCHOSEN)
    pseudonym = models.CharField(max_length=rules.PSEUDONYM_MAX, null=True, blank=True)
    day_start = models.PositiveSmallIntegerField(default=rules.DAY_START_HOURS)
    shows_earned = models.BooleanField(default=True, db_default=True)
    showcase = ArrayField(models.CharField(max_length=30), size=rules.SHOWCASE_MAX, default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(shown_as__in=ShownAs.values), name="player_shown_as_known"),
            models.CheckConstraint(condition=Q(day_start__range=(0, 6)), name="day_starts_by_night"),
            models.UniqueConstraint(Upper("pseudonym"), name="pseudonym_once"),
            models.CheckConstraint(
                condition=~Q(shown_as=ShownAs.PSEUDONYM) | Q(pseudonym__isnull=False), name="pseudonym_is_given"
            ),
        ]

    def __str__(self) -> str:
        return f"choices of {self.user_id}"
