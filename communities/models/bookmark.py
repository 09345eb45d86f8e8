"""Bookmarks: what somebody keeps for themselves, with a note and a day on which to be reminded."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities import rules
from communities.models.answer import Answer
from communities.models.post import Post

AHEAD = timedelta(hours=14)
"""Somewhere it is that much later than UTC."""


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    def of(self, person: User) -> "BookmarkQuerySet":
        return self.filter(owner=person, removed_at=None)

    def due(self) -> Iterator[int]:
        """Ids of those whose day has come where their owner lives, and of which nothing was said yet."""
        now = timezone.now()
        soon = self.filter(removed_at=None, reminded_at=None, remind_on__lte=(now + AHEAD).date())
        for pk, day, zone in soon.order_by("pk").values_list("pk", "remind_on", "owner__time_zone"):
            if day is not None and day <= now.astimezone(ZoneInfo(zone)).date():
                yield pk


class Bookmark(models.Model):
    """Of a post (`answer` is None) or of an answer to it. One that is removed keeps its row for a while: undo."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="bookmarks", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="bookmarks")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, blank=True, related_name="bookmarks")
    collection = models.CharField(_("collection"), max_length=rules.COLLECTION_MAX, blank=True)
    note = models.TextField(_("note"), max_length=rules.BOOKMARK_NOTE_MAX, blank=True)
    remind_on = models.DateField(_("remind me on"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "post", "answer"], nulls_distinct=False, name="bookmark_once"),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], condition=Q(removed_at=None), name="bookmark_list"),
            models.Index(
                fields=["remind_on"],
                condition=Q(removed_at=None, reminded_at=None, remind_on__isnull=False),
                name="bookmark_reminders",
            ),
        ]

    def __str__(self) -> str:
        return f"bookmark {self.pk}"

    @property
    def content(self) -> Post | Answer:
        return self.answer or self.post
