"""Tags: what a post is about, in the words of its community; topics are those that stand in its tree."""

import unicodedata
from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities import rules
from communities.models.community import Community

ALSO_IN_SLUGS = "+#.-"


def tag_slug(name: str) -> str:
    """How a tag is written and how its address ends: "Linear algebra" is linear-algebra, "C++" is c++.

    Letters, marks and digits of any script stay. Empty when nothing of the name is a letter or a digit.
    """
    plain = unicodedata.normalize("NFKC", name).lower().lstrip("#")
    words = "".join(letter if _stays(letter) else " " for letter in plain).split()
    slug = "-".join(words).strip("-")
    return slug if any(letter.isalnum() for letter in slug) else ""


def _stays(letter: str) -> bool:
    return letter in ALSO_IN_SLUGS or unicodedata.category(letter)[0] in "LMN"


class TagQuerySet(models.QuerySet["Tag"]):
    def approved(self) -> "TagQuerySet":
        """Those that everybody sees."""
        return self.filter(approved_at__isnull=False)

    def proposed(self) -> "TagQuerySet":
        """Those that wait for a moderator."""
        return self.filter(approved_at=None)

    def topics(self) -> "TagQuerySet":
        return self.filter(is_topic=True)

    def written(self, slugs: Iterable[str]) -> "TagQuerySet":
        """Those that are written like this, synonyms among them."""
        return self.filter(slug__in=slugs)


class Tag(models.Model):
    """A synonym stands for another tag, one hop away, and is on no post itself.

    A tag without `approved_at` is proposed: its posts carry it, nobody sees it until a moderator approves.
    """

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="tags", db_index=False)
    name = models.CharField(_("name"), max_length=rules.TAG_MAX)
    slug = models.CharField(max_length=rules.TAG_MAX, editable=False)
    is_topic = models.BooleanField(default=False, editable=False)
    parent = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, blank=True, related_name="children")
    synonym_of = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, blank=True, related_name="synonyms")
    wiki = models.TextField(_("what it is about"), blank=True, max_length=rules.WIKI_MAX)
    wiki_html = models.TextField(blank=True, editable=False)
    markup_version = models.PositiveSmallIntegerField(default=0, editable=False)
    post_count = models.PositiveIntegerField(default=0, editable=False)
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False, db_index=False
    )
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False, db_index=False
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "slug"], name="tag_once_per_community"),
            models.CheckConstraint(
                condition=Q(synonym_of=None) | Q(is_topic=False, parent=None), name="synonym_stands_in_no_tree"
            ),
            models.CheckConstraint(condition=Q(parent=None) | Q(is_topic=True), name="only_topics_stand_in_the_tree"),
            models.CheckConstraint(
                condition=Q(is_topic=False) | Q(approved_at__isnull=False), name="topic_is_approved"
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")) & ~Q(synonym_of=F("id")), name="tag_is_not_its_own_parent"
            ),
        ]
        indexes = [models.Index(fields=["community", "-post_count", "slug"], name="tag_directory")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:tag", args=[self.community.slug, self.slug])

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None
