"""Pictures that members put into their texts."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from communities import rules
from communities.models.answer import Answer
from communities.models.comment import Comment
from communities.models.community import Community, moderating
from communities.models.content import NAMES_PICTURES
from communities.models.draft import Draft
from communities.models.post import Post
from communities.models.revision import Revision
from communities.models.suggestion import Suggestion
from communities.models.tag import Tag


class PictureQuerySet(models.QuerySet["Picture"]):
    def visible_to(self, user: User | AnonymousUser) -> "PictureQuerySet":
        """In a community that the person may read: one's own, those that a text there shows, and all for moderators.

        A text that is deleted or taken out of the history shows nothing. What only such a history showed, nobody sees.
        """
        mine = Q(owner=user.pk)
        moderated = Exists(moderating(user, OuterRef("community"))) if user.pk else Q(pk=None)
        seen = self.filter(mine | moderated | _shown_to(user), community__in=Community.objects.visible_to(user))
        return seen.standing()

    def standing(self) -> "PictureQuerySet":
        """Not taken out with the text that showed them."""
        return self.filter(taken_out_at=None)

    def to_forget(self, now: datetime) -> "PictureQuerySet":
        """Taken out as long ago as their text is kept."""
        return self.filter(taken_out_at__lte=now - rules.REDACTED_KEPT)

    def unused(self) -> "PictureQuerySet":
        """No text that was saved has ever shown them, nor does one that their owner still writes or suggests."""
        owned = OuterRef("owner")
        begun, suggested = (Exists(texts.filter(author=owned)) for texts in _being_written())
        return self.filter(~begun, ~suggested, used_at=None)

    def unnamed(self) -> "PictureQuerySet":
        """In no text at all: none that stands or can be brought back, no history, nothing that somebody writes."""
        key, named = OuterRef("key"), _about_community_or_tag()
        for model in (Post, Answer, Comment, Revision):
            named |= Q(Exists(model._base_manager.filter(NAMES_PICTURES, body__contains=key)))
        for texts in _being_written():
            named |= Q(Exists(texts))
        return self.exclude(named)


def _being_written() -> tuple[models.QuerySet[Draft], models.QuerySet[Suggestion]]:
    """Drafts and waiting suggestions that name the picture."""
    key = OuterRef("key")
    drafts = Draft.objects.annotate(kept=Cast("fields", models.TextField())).filter(kept__contains=key)
    return drafts, Suggestion.objects.waiting().filter(body__contains=key)


def _about_community_or_tag() -> Q:
    key, here = OuterRef("key"), OuterRef("community")
    about = Community.objects.filter(Q(about__contains=key) | Q(asking_hints__contains=key), pk=here)
    return Q(Exists(about)) | Q(Exists(Tag.objects.filter(community=here, wiki__contains=key)))


def _shown_to(user: User | AnonymousUser) -> Q:
    """A text that the person may read names it: now or in its history, as a suggestion, about a community or a tag."""
    key, here = OuterRef("key"), OuterRef("community")
    shown = Q(Exists(Post.objects.visible_to(user).filter(NAMES_PICTURES, community=here, body__contains=key)))
    below: list[models.QuerySet[Any]] = [model.objects.visible_to(user) for model in (Answer, Comment, Revision)]
    for texts in [*below, Suggestion.objects.waiting().visible_to(user)]:
        shown |= Q(Exists(texts.filter(NAMES_PICTURES, post__community=here, body__contains=key)))
    return shown | _about_community_or_tag()


class Picture(models.Model):
    """What it shows belongs to the community; `key` cannot be guessed, and who asks is checked all the same.

    `taken_out_at`: since when no text names it, because a moderator took one out of the history.
    """

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="pictures", db_index=False)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="pictures")
    key = models.CharField(max_length=32, unique=True)
    file = models.FileField(upload_to="pictures")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)
    taken_out_at = models.DateTimeField(null=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "owner", "sha256"], name="picture_once"),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(used_at=None), name="picture_unused"),
            models.Index(fields=["taken_out_at"], condition=Q(taken_out_at__isnull=False), name="picture_taken_out"),
        ]

    def __str__(self) -> str:
        return f"picture {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("communities:picture", args=[self.key])
