"""What posts, answers and comments have in common: an author, a text, and where it came from."""

import re
from datetime import datetime

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities import rules

CREATIVE_COMMONS = re.compile(r"CC (BY(?:-[A-Z]{2})*) (\d\.\d)")
QUALITY = (F("up") + Value(float(rules.PRIOR_UP))) / (F("up") + F("down") + Value(float(rules.PRIOR_TOTAL)))


class DeletionReason(models.TextChoices):
    """Why a moderator deletes what somebody else wrote."""

    MISPLACED = "misplaced", _("It does not belong here")
    SPAM = "spam", _("It is spam")
    ILLEGAL = "illegal", _("It breaks the law")
    PRIVATE = "private", _("It gives away personal data")


PURGED = (DeletionReason.SPAM, DeletionReason.ILLEGAL, DeletionReason.PRIVATE)
"""Nobody has a right to keep these: after a while the text goes for good. So does what its author deleted."""


class Content(models.Model):
    """`version` goes up with everything that changes how the thing looks: cached fragments are keyed by it."""

    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="%(class)ss")
    body = models.TextField(_("text"))
    html = models.TextField(editable=False)
    markup_version = models.PositiveSmallIntegerField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    origin_url = models.CharField(max_length=300, unique=True, null=True, blank=True, editable=False)
    licence = models.CharField(max_length=20, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    deleted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False, db_index=False
    )
    deleted_for = models.CharField(max_length=10, choices=DeletionReason, blank=True, editable=False)
    purged_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def purged_from(self) -> datetime | None:
        """When its text goes for good; None while nothing of the sort is due."""
        is_purged = self.deleted_for in PURGED or self.deleted_by_id == self.author_id
        if self.deleted_at is None or not is_purged or self.purged_at is not None:
            return None
        return self.deleted_at + rules.PURGED_AFTER

    @property
    def deed_url(self) -> str:
        """Where the Creative Commons licence is explained; "" for any other."""
        if found := CREATIVE_COMMONS.fullmatch(self.licence):
            return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
        return ""

    @property
    def permanent_url(self) -> str:
        """An address that survives whatever is edited; all that belongs to the thing is below it."""
        return self.get_absolute_url()

    @property
    def history_url(self) -> str:
        return reverse(f"communities:{self._meta.model_name}_revisions", args=[self.pk])

    @property
    def anchor(self) -> str:
        """Its id in a page, like `answer-17`."""
        return f"{self._meta.model_name}-{self.pk}"


class Voted(models.Model):
    """Up and down votes, recounted from the votes; imported ones stand apart and are added at every recount."""

    up = models.PositiveIntegerField(default=0, editable=False)
    down = models.PositiveIntegerField(default=0, editable=False)
    imported_up = models.PositiveIntegerField(default=0, editable=False)
    imported_down = models.PositiveIntegerField(default=0, editable=False)
    score = models.GeneratedField(expression=F("up") - F("down"), output_field=models.IntegerField(), db_persist=True)
    quality = models.GeneratedField(expression=QUALITY, output_field=models.FloatField(), db_persist=True)

    class Meta:
        abstract = True

    @property
    def net(self) -> int:
        """`score`, also between a recount and the next read."""
        return self.up - self.down


NOT_DELETED = Q(deleted_at=None)
BY_ITS_AUTHOR = Q(deleted_by=F("author"))
TO_PURGE = (Q(*(("deleted_for", reason) for reason in PURGED), _connector=Q.OR) | BY_ITS_AUTHOR) & Q(purged_at=None)
"""Without IN, which PostgreSQL repeats in other words when an index is made anew from what it says."""
NAMES_PICTURES = Q(body__contains="/pictures/")
"""Few texts do: those have an index of their own, in which the key of a picture is found."""


def pictures_index(name: str) -> GinIndex:
    return GinIndex(fields=["body"], opclasses=["gin_trgm_ops"], condition=NAMES_PICTURES, name=name)


def purge_index(noun: str) -> models.Index:
    """Few wait to be purged; only they are in it."""
    return models.Index(fields=["deleted_at"], condition=TO_PURGE, name=f"{noun}_to_purge")


def deletion_checks(noun: str) -> list[models.CheckConstraint]:
    known = Q(deleted_for="") | Q(deleted_for__in=DeletionReason.values, deleted_at__isnull=False)
    empty = Q(purged_at=None) | Q(deleted_at__isnull=False, body="", html="")
    return [
        models.CheckConstraint(condition=known, name=f"{noun}_deleted_for_known"),
        models.CheckConstraint(condition=empty, name=f"purged_{noun}_is_empty"),
    ]
