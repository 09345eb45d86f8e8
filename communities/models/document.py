"""What is searched: the words of a post and of its answers, as PostgreSQL's text search keeps them."""

from collections.abc import Iterable

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone

from communities import rules
from communities.models.community import Community
from communities.models.post import Post


class SearchDocument(models.Model):
    """Each post that stands has one, written by `communities.searching.documents` in the language of its community.

    A table of its own, because it is read in other ways than posts are: narrow rows, their words stored outside of
    them, so that thousands of matches are passed in a few milliseconds (migration 0008).
    """

    post = models.OneToOneField(Post, on_delete=models.CASCADE, primary_key=True, related_name="document")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+", db_index=False)
    title_words = SearchVectorField()
    words = SearchVectorField()

    class Meta:
        indexes = [
            models.Index(fields=["community", "-post"], name="document_newest"),
            GinIndex(fields=["title_words"], name="document_title_words"),
            GinIndex(fields=["words"], name="document_words"),
        ]

    def __str__(self) -> str:
        return f"words of post {self.post_id}"


class RewordingQuerySet(models.QuerySet["Rewording"]):
    def waiting(self) -> Iterable[int]:
        """Ids of those that a worker should be busy with by now."""
        late = self.filter(moved_at__lt=timezone.now() - rules.TAKEN_WITHIN)
        return late.order_by("pk").values_list("pk", flat=True)


class Rewording(models.Model):
    """A community has changed its language, so its documents are written anew, up to post `done_to` so far.

    `moved_at`: when the last ones were written. The row goes when all are.
    """

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="+")
    done_to = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(default=timezone.now)

    objects = RewordingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"rewording of community {self.community_id}, up to post {self.done_to}"
