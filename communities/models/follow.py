"""Following: whom somebody wants to hear of, and what has still to be told to followers."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities import rules
from communities.models.answer import Answer
from communities.models.comment import Comment
from communities.models.community import Community
from communities.models.post import Post
from communities.models.tag import Tag

TARGETS = ("community", "tag", "post", "person")


class Level(models.TextChoices):
    """How much somebody hears."""

    ALL = "all", _("Everything, in the inbox")
    DIGEST = "digest", _("In the digest")
    OFF = "off", _("Nothing")


class Follow(models.Model):
    """One person follows one thing: exactly one of the four."""

    follower = models.ForeignKey(User, on_delete=models.CASCADE, related_name="follows", db_index=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, related_name="follows")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, null=True, related_name="follows")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="follows")
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="followed_by")
    level = models.CharField(max_length=6, choices=Level, default=Level.ALL)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", *TARGETS], nulls_distinct=False, name="follow_once"),
            models.CheckConstraint(
                condition=Q(tag=None, post=None, person=None, community__isnull=False)
                | Q(community=None, post=None, person=None, tag__isnull=False)
                | Q(community=None, tag=None, person=None, post__isnull=False)
                | Q(community=None, tag=None, post=None, person__isnull=False),
                name="follow_has_exactly_one_target",
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="follow_level_known"),
            models.CheckConstraint(condition=Q(person=None) | ~Q(person=F("follower")), name="nobody_follows_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} follows {self.target}"

    @property
    def target(self) -> Community | Tag | Post | User | None:
        return self.community or self.tag or self.post or self.person


class TellingQuerySet(models.QuerySet["Telling"]):
    def waiting(self) -> Iterable[int]:
        """Ids of those that a worker should have taken by now."""
        late = self.filter(created_at__lt=timezone.now() - rules.TAKEN_WITHIN)
        return late.order_by("pk").values_list("pk", flat=True)


class Telling(models.Model):
    """A new post, answer or comment of which followers have still to be told; the row goes when they are."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+", db_index=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TellingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "answer", "comment"], nulls_distinct=False, name="told_once"),
        ]

    def __str__(self) -> str:
        return f"telling {self.pk}"
