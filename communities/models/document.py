"""What is searched: the words of a post and of its answers, as PostgreSQL's text search keeps them."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

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
