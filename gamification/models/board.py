"""Leaderboards: one for each community and one for all together, for each week and month and for all time."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import Community
from gamification import rules


class Span(models.TextChoices):
    """Weeks begin on Mondays, and all days are those of UTC."""

    WEEK = "week", _("Week")
    MONTH = "month", _("Month")
    ALL = "all", _("All time")


class Board(models.Model):
    """`start`: the first day of its week or month. `changed_at`: scores changed since its rungs were last looked at."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, related_name="boards", db_index=False)
    span = models.CharField(max_length=5, choices=Span)
    start = models.DateField(null=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "span", "start"], nulls_distinct=False, name="board_once"),
            models.CheckConstraint(condition=Q(span__in=Span.values), name="board_span_known"),
            models.CheckConstraint(condition=Q(span=Span.ALL) ^ Q(start__isnull=False), name="board_has_a_start"),
        ]
        indexes = [models.Index(fields=["changed_at"], condition=Q(changed_at__isnull=False), name="boards_changed")]

    def __str__(self) -> str:
        return f"{self.span} {self.start or ''} of {self.community_id or 'all'}"


class Score(models.Model):
    """What a member earned in the time of a board, and when they had that much. Worked out from their days.

    `is_listed`: others see it, and it counts for the ranks of others; kept in step with who they are and what they
    chose, so that ranks can be counted in one index.
    """

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="scores", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="scores", db_index=False)
    xp = models.IntegerField()
    is_listed = models.BooleanField()
    reached_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "board"], name="score_once"),
            models.CheckConstraint(condition=Q(xp__gt=0), name="score_is_above_zero"),
        ]
        indexes = [
            models.Index(
                fields=["board", "-xp", "reached_at", "user"], condition=Q(is_listed=True), name="scores_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.xp} of {self.user_id} on board {self.board_id}"


class Rung(models.Model):
    """How many of a large board stand above so many XP. What lies between two rungs has the place of the lower one."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="rungs", db_index=False)
    xp = models.IntegerField()
    above = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "xp"], name="rung_once")]

    def __str__(self) -> str:
        return f"{self.above} above {self.xp} on board {self.board_id}"


class RescoreQuerySet(models.QuerySet["Rescore"]):
    def waiting(self) -> Iterable[int]:
        """Whose scores should have been worked out by now."""
        late = self.filter(since__lt=timezone.now() - timedelta(seconds=60))
        return late.order_by("since").values_list("user", flat=True)[: rules.RESCORED_AT_ONCE]


class Rescore(models.Model):
    """That somebody's days or choices changed since their scores were worked out."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField()

    objects = RescoreQuerySet.as_manager()

    def __str__(self) -> str:
        return f"scores of {self.user_id} since {self.since}"
