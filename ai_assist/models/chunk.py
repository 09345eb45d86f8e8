"""Passages of documents, as they are searched and cited, and the generations of the index that holds them."""

from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pgvector.django import VectorField

from accounts.models import User
from ai_assist.models.document import Document


class IndexGeneration(models.Model):
    """All passages embedded by one embedder in one store. A new one is built beside the old, then takes its place.

    `key` is in its name at a store that other installations may use, too; the first generations had none.
    """

    class State(models.TextChoices):
        BUILDING = "building", _("Being built")
        CURRENT = "current", _("In use")
        OLD = "old", _("Replaced")

    key = models.UUIDField(null=True, default=uuid4, editable=False)
    embedder = models.CharField(max_length=100)
    dimension = models.PositiveIntegerField()
    store = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="current"), name="index_generation_one_current"
            ),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="building"), name="index_generation_one_building"
            ),
        ]

    def __str__(self) -> str:
        return f"generation {self.pk}: {self.embedder} in {self.store}"


class ChunkQuerySet(models.QuerySet["Chunk"]):
    def visible_to(self, user: User | AnonymousUser) -> "ChunkQuerySet":
        """Of documents that the person may read and that are ready."""
        ready = Document.objects.visible_to(user).filter(state="ready")
        return self.filter(document__in=ready)


class Chunk(models.Model):
    """A passage. Its id follows from document, generation, ordinal and text, so writing it again changes nothing.

    `text` is what people see; indexed are title and headings with it. `start` and `end` are the blocks of its first
    and last page between which it stands. `scope` is copied from its document.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="chunk_set", db_index=False)
    generation = models.ForeignKey(IndexGeneration, on_delete=models.CASCADE, related_name="+", db_index=False)
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    text = models.TextField()
    heading_path = models.CharField(max_length=500, blank=True)
    page_start = models.PositiveIntegerField()
    page_end = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    tokens = models.PositiveIntegerField()
    scope = models.CharField(max_length=30)
    words = SearchVectorField()

    objects = ChunkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "generation", "ordinal"], name="chunk_once_per_generation")
        ]
        indexes = [GinIndex(fields=["words"], name="chunk_words")]

    def __str__(self) -> str:
        return f"passage {self.ordinal} of document {self.document_id}"


class Embedding(models.Model):
    """The vector of a passage, where PostgreSQL is the store. A table of its own: rows that are read by the thousand
    stay narrow. Each generation has its own index, because each may have another dimension."""

    chunk = models.OneToOneField(Chunk, on_delete=models.CASCADE, primary_key=True, related_name="+")
    generation = models.ForeignKey(IndexGeneration, on_delete=models.CASCADE, related_name="+", db_index=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=30)
    vector = VectorField()

    def __str__(self) -> str:
        return f"vector of passage {self.chunk_id}"
