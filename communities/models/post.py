"""Posts: questions, discussions, resources and announcements."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities import rules
from communities.models.community import MENTORING, Community, Membership, Trust, Visibility, moderating
from communities.models.content import NOT_DELETED, Content, Voted, deletion_checks, pictures_index, purge_index
from communities.models.state import AnswerState
from communities.models.tag import Tag

SLUG_LENGTH = 60


class PostKind(models.TextChoices):
    QUESTION = "question", _("Question")
    DISCUSSION = "discussion", _("Discussion")
    RESOURCE = "resource", _("Resource")
    ANNOUNCEMENT = "announcement", _("Announcement")


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: User | AnonymousUser) -> "PostQuerySet":
        """Not deleted, in a community that the person may read."""
        public = Q(community__visibility=Visibility.PUBLIC)
        if user.pk is None:
            return self.filter(NOT_DELETED, public)
        mine = Membership.objects.filter(community=OuterRef("community"), user=user)
        return self.filter(NOT_DELETED, public | Exists(mine))

    def deleted_seen_by(self, user: User | AnonymousUser) -> "PostQuerySet":
        """Deleted ones, not purged, which author and moderators still find, in communities that the person may read."""
        if user.pk is None:
            return self.none()
        deleted = self.filter(
            deleted_at__isnull=False, purged_at=None, community__in=Community.objects.visible_to(user)
        )
        return deleted.filter(Q(author=user) | Exists(moderating(user, OuterRef("community"))))

    def unanswered(self) -> "PostQuerySet":
        """Questions without a helpful answer."""
        return self.filter(kind=PostKind.QUESTION, is_answered=False)

    def indexed(self) -> "PostQuerySet":
        """What search engines may list: posts of newcomers only once somebody else answered or voted them up."""
        answered = Post.objects.filter(pk=OuterRef("pk"), answers__isnull=False, answers__deleted_at=None)
        by_others = answered.annotate(answerer=F("answers__author")).exclude(answerer=OuterRef("author"))
        trusted = Q(trust_level__gt=Trust.NEW) | Q(role__in=MENTORING)
        known = Membership.objects.filter(trusted, community=OuterRef("community"), user=OuterRef("author"))
        return self.filter(
            Q(up__gt=0) | Q(origin_url__isnull=False) | Exists(known) | Q(answer_count__gt=0) & Exists(by_others)
        )

    def with_tags(self) -> "PostQuerySet":
        """Each post brings `shown_tags`: name and slug of those that everybody sees, in order; no further question."""
        shown = PostTag.objects.filter(post=OuterRef("pk"), tag__approved_at__isnull=False).order_by("place")
        return self.annotate(
            shown_tags=ArraySubquery(shown.values(tag_=JSONObject(name="tag__name", slug="tag__slug")))
        )


class Post(Content, Voted):
    """Recounted from its answers: `accepted_at`, `answer_state` (the best one's), `is_answered` (one is helpful).

    `active_at`, `viewers` and `hot` are for lists: see `communities.warmth`.
    """

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="posts", db_index=False)
    kind = models.CharField(_("kind"), max_length=12, choices=PostKind, default=PostKind.QUESTION)
    title = models.CharField(_("title"), max_length=rules.TITLE_MAX)
    answer_count = models.PositiveIntegerField(default=0, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    answer_state = models.PositiveSmallIntegerField(null=True, choices=AnswerState, editable=False)
    is_answered = models.BooleanField(default=False, editable=False)
    active_at = models.DateTimeField(default=timezone.now, editable=False)
    viewers = models.PositiveIntegerField(default=0, editable=False)
    hot = models.FloatField(default=0, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            *deletion_checks("post"),
            models.CheckConstraint(condition=Q(kind__in=PostKind.values), name="post_kind_known"),
        ]
        indexes = [
            pictures_index("post_pictures"),
            purge_index("post"),
            models.Index(fields=["community", "-created_at", "-id"], condition=NOT_DELETED, name="post_feed"),
            models.Index(
                fields=["community", "-created_at", "-id"],
                condition=NOT_DELETED & Q(kind="question", is_answered=False),
                name="post_unanswered",
            ),
            models.Index(fields=["community", "-active_at", "-id"], condition=NOT_DELETED, name="post_active"),
            models.Index(fields=["community", "-hot", "-id"], condition=NOT_DELETED & Q(hot__gt=0), name="post_hot"),
            models.Index(
                fields=["-created_at", "-id"],
                condition=NOT_DELETED & Q(accepted_at__isnull=False),
                name="post_solved",
            ),
            BrinIndex(fields=["created_at"], name="post_age"),  # gives no order, so that no list reads it instead
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="post_title_trigrams"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:post_detail", args=[self.community.slug, self.pk, self.slug])

    @property
    def permanent_url(self) -> str:
        """The address without the cosmetic part: it survives a new title, and all that belongs to the post is below."""
        return reverse("communities:post", args=[self.community.slug, self.pk])

    @property
    def post(self) -> "Post":
        """Itself, so that posts, answers and comments can be asked alike."""
        return self

    @property
    def slug(self) -> str:
        """Cosmetic part of the address; the id decides."""
        return slugify(self.title)[:SLUG_LENGTH].strip("-") or self.kind

    @property
    def trust(self) -> AnswerState | None:
        """How far its best answer can be trusted; None where there is no answer."""
        return None if self.answer_state is None else AnswerState(self.answer_state)

    @property
    def is_question(self) -> bool:
        return self.kind == PostKind.QUESTION


class PostTag(models.Model):
    """That a post carries a tag. `posted_at` is when the post was written, so that one index lists a tag's posts.

    `merged_from` is the tag that it carried before that one was merged into this.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="tagged", db_index=False)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged", db_index=False)
    place = models.PositiveSmallIntegerField()
    posted_at = models.DateTimeField()
    merged_from = models.ForeignKey(Tag, on_delete=models.SET_NULL, null=True, related_name="merged", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "tag"], name="tag_once_per_post"),
            models.UniqueConstraint(fields=["post", "place"], name="one_tag_in_a_place"),
            models.CheckConstraint(condition=Q(place__lt=rules.TAGS_MAX), name="five_tags_at_most"),
        ]
        indexes = [
            models.Index(fields=["tag", "-posted_at", "-post"], name="tag_feed"),
            models.Index(fields=["merged_from"], condition=Q(merged_from__isnull=False), name="tag_merged"),
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.post_id}"
