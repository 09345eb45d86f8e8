"""Documents as the pipeline leaves them, for tests of what comes after it."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.db.models import Value

from accounts.models import User
from ai_assist import generations
from ai_assist.chunking import PageText, cut
from ai_assist.models import Chunk, Document, IndexGeneration
from ai_assist.passages import embed_passages, write_passages
from tests.ai_assist.pages import prose


def make_document(owner: User, title: str, pages: Sequence[PageText | str] = (), **fields: Any) -> Document:
    """Ready, and each of its passages findable; a page may be given as its text."""
    given = {"state": "ready", "filename": f"{title}.md", "format": "md", "bytes": 1, "sha256": uuid4().hex}
    document = Document.objects.create(owner=owner, title=title, **given | fields)
    document.refresh_from_db()
    texts = [page if isinstance(page, PageText) else prose(n, page) for n, page in enumerate(pages, start=1)]
    add_passages(document, texts, generations.current())
    return document


def add_passages(document: Document, pages: Sequence[PageText], generation: IndexGeneration) -> None:
    passages = cut(document.title, pages)
    write_passages(document, generation, passages)
    for _ in embed_passages(Chunk.objects.filter(document=document), generation):
        pass
    document.chunks = len(passages)
    document.save(update_fields=["chunks"])


def make_chunks(document: Document, generation: IndexGeneration, count: int) -> list[Chunk]:
    """Passages without vectors."""
    return Chunk.objects.bulk_create(
        Chunk(
            id=uuid4(),
            document=document,
            generation=generation,
            ordinal=ordinal,
            kind="prose",
            text=f"Passage {ordinal}.",
            page_start=1,
            page_end=1,
            start=0,
            end=0,
            tokens=2,
            scope=document.scope,
            words=Value(""),
        )
        for ordinal in range(count)
    )
