"""The ledger, and what is worked out from it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import Community


class Source(models.TextChoices):
    """What XP come from; a day is written as one number, 20260131, and a week as its Monday."""

    POST = "post", _("Post")
    ANSWER = "answer", _("Answer")
    SUGGESTION = "suggestion", _("Suggested edit")
    AWARD = "award", _("Achievement")
    DAY = "day", _("Day")
    WEEK = "week", _("Week")


class Status(models.TextChoices):
    """`held`: counts once who caused it is known better. `void`: never counts."""

    POSTED = "posted", _("Counts")
    HELD = "held", _("Waits")
    VOID = "void", _("Void")


class EntryQuerySet(models.QuerySet["Entry"]):
    def of(self, user: User) -> "EntryQuerySet":
        return self.filter(user=user)

    def standing(self) -> "EntryQuerySet":
        """Not reversed, and not the reversal of another."""
        return self.filter(reversal_of=None, reversals=None)


class Entry(models.Model):
    """One line of the ledger. Lines are never changed (but for `status`) and never deleted: a trigger sees to it.

    `actor` is who caused it: nobody else learns who voted. A reversal has the moments of what it reverses.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="xp_entries", db_index=False)
    community = models.ForeignKey(Community, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    rule = models.CharField(max_length=2)
    rule_version = models.PositiveSmallIntegerField()
    amount = models.SmallIntegerField()
    source_type = models.CharField(max_length=10, choices=Source)
    source_id = models.BigIntegerField()
    idempotency_key = models.CharField(max_length=120)
    reversal_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="reversals", db_index=False
    )
    batch_id = models.UUIDField(null=True)
    status = models.CharField(max_length=6, choices=Status, default=Status.POSTED)
    occurred_at = models.DateTimeField()
    utc_date = models.DateField()
    local_date = models.DateField()
    written_at = models.DateTimeField(default=timezone.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["idempotency_key"], name="entry_once"),
            models.UniqueConstraint(fields=["reversal_of"], name="one_reversal_per_entry"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="entry_status_known"),
            models.CheckConstraint(condition=Q(source_type__in=Source.values), name="entry_source_known"),
            models.CheckConstraint(condition=~Q(amount=0), name="entry_is_worth_something"),
        ]
        indexes = [
            models.Index(fields=["source_type", "source_id", "rule", "actor"], name="entries_of_source"),
            # All that days are made of, or each entry is read from a page of its own: a ledger is in the order of time.
            models.Index(
                fields=["user", "utc_date"],
                include=["id", "community", "actor", "rule", "amount", "status", "reversal_of", "occurred_at"],
                name="entries_by_day",
            ),
            models.Index(fields=["user", "-id"], name="entries_of_member"),
            models.Index(fields=["actor"], condition=Q(status="held"), name="entries_held"),
        ]

    def __str__(self) -> str:
        return f"{self.amount:+d} {self.rule} of {self.user_id}"


class DailyXP(models.Model):
    """What one member earned in one community on one day (UTC), before and after caps. Worked out from the ledger.

    Without a community: what belongs to no community. `reached_at`: when the last of it came that counts.

    The database does not ask of each row whether its member and community exist: a day is written only beside or from
    entries, of which it does. Asked once more here, it took two thirds of the time of a rebuild.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="xp_days", db_index=False, db_constraint=False
    )
    community = models.ForeignKey(
        Community, on_delete=models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False
    )
    utc_date = models.DateField()
    raw = models.IntegerField()
    effective = models.IntegerField()
    reached_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "utc_date", "community"], nulls_distinct=False, name="daily_xp_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effective} of {self.user_id} on {self.utc_date}"
