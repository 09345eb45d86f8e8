"""What a document says, page by page, as the parser read it."""

from django.db import models
from django.db.models import Q

from ai_assist.models.document import Document


class Page(models.Model):
    """A page, a slide, a sheet, or a section of a text that has no pages.

    `blocks` are those of `ai_assist.parsing`. A page that `needs_ocr` is a picture that nobody has read yet; of
    one that was read, `lines` say where on it each line stands.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="page_set", db_index=False)
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=200, blank=True)
    blocks = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    needs_ocr = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="page_once_per_document")]
        indexes = [models.Index(fields=["document", "number"], condition=Q(needs_ocr=True), name="page_to_read")]

    def __str__(self) -> str:
        return f"page {self.number} of document {self.document_id}"
