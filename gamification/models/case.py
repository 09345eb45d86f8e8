"""What looked arranged, for a person to decide about; and the entries that do not count until then."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from gamification.models.ledger import Entry, Status


class CaseKind(models.TextChoices):
    """By which pattern somebody was found; the numbers are in `rules.py`."""

    SERIAL = "serial", _("One person votes again and again for another")
    PAIR = "pair", _("Two people vote for each other")
    RING = "ring", _("A few people vote for each other")
    QUICK = "quick", _("Answers are accepted within minutes, again and again")


class Decision(models.TextChoices):
    VOID = "void", _("Void: the XP are taken back for good")
    RELEASE = "release", _("Release: the XP count again")


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        return self.filter(decided_at=None)


class Case(models.Model):
    """`key` names the people, so that the same finding is one case as long as nobody decided. `evidence` is what was
    counted at that moment: a list of favours, each with its numbers and some of its texts.
    """

    kind = models.CharField(_("kind"), max_length=6, choices=CaseKind)
    key = models.TextField()
    people = models.ManyToManyField(User, related_name="+", verbose_name=_("people"))
    evidence = models.JSONField(_("evidence"))
    batch_id = models.UUIDField(default=uuid.uuid4)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decision = models.CharField(_("decision"), max_length=7, choices=Decision, blank=True)
    why = models.TextField(_("why"), max_length=1_000, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], condition=Q(decided_at=None), name="one_open_case"),
            models.CheckConstraint(condition=Q(kind__in=CaseKind.values), name="case_kind_known"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decided_by=None)
                | Q(decision__in=Decision.values, decided_at__isnull=False, decided_by__isnull=False),
                name="case_is_decided_by_a_person",
            ),
            models.CheckConstraint(condition=Q(decision="") | ~Q(why=""), name="decision_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"


class Favour(models.Model):
    """What `giver` causes for `receiver` waits as long as the case is open, also what comes after it was opened."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="favours")
    giver = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    receiver = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["giver", "receiver", "case"], name="favour_once_in_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} for {self.receiver_id}"


class HeldEntry(models.Model):
    """An entry that a case is about, and its status before: what waited for another reason goes on waiting."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="held")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    was = models.CharField(max_length=6, choices=Status)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "entry"], name="entry_once_in_a_case"),
            models.CheckConstraint(condition=Q(was__in=(Status.POSTED, Status.HELD)), name="held_was_not_void"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} was {self.was}"
