"""The stages of a document. Each finds in the rows what the one before has left, and can be begun anew at any point."""

import re
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from ai_assist import chunking, parsing, rules
from ai_assist.models import Chunk, Document, IndexGeneration, Page, State
from ai_assist.passages import embed_passages, page_texts, rescope, write_passages
from ai_assist.pipeline.ending import end_held
from ai_assist.pipeline.lease import Lease, Lost
from communities.models.community import LANGUAGES_BY_CODE

PAGES_AT_ONCE = 20
SECONDS_AT_MOST = 2.0
"""Between two writings of pages: so much is read again after a kill."""


class Rejected(Exception):
    """The file is as it should be, but more than we take. `code` says in which way."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check(lease: Lease) -> None:
    """Whether the file is what its name says. Raises parsing.Unreadable."""
    lease.write(state=State.CHECKING)
    parsing.check(Path(lease.document.file.path), lease.document.filename)


def parse(lease: Lease) -> None:
    """Pages become rows as they are read; after a kill it goes on behind the last of them.

    Raises parsing.Unreadable.
    """
    document = lease.document
    kept = document.page_set.count()
    lease.write(state=State.PARSING, done=kept, total=0)
    total = 0
    pages: list[parsing.Page] = []
    written_at = time.monotonic()
    for thing in parsing.read(Path(document.file.path), document.filename, start=kept + 1):
        if isinstance(thing, parsing.Count):
            if not total:
                lease.write(total=thing.pages)
            total = thing.pages
            continue
        if isinstance(thing, parsing.Facts):
            _write_pages(lease, pages, total)
            lease.write(
                language=_language(document, thing.language),
                pages=thing.pages,
                is_paged=thing.is_paged,
                pictures=thing.pictures,
                parser_version=rules.PARSER_VERSION,
            )
            return
        pages.append(thing)
        if len(pages) == PAGES_AT_ONCE or time.monotonic() - written_at > SECONDS_AT_MOST:
            _write_pages(lease, pages, total)
            pages = []
            written_at = time.monotonic()


def cut(lease: Lease, generation: IndexGeneration) -> None:
    """Passages out of pages. Raises Rejected when there are too many, parsing.Unreadable when there is none."""
    document = lease.document
    lease.write(state=State.CHUNKING, done=0, total=0)
    passages = chunking.cut(document.title, page_texts(document))
    if not passages:
        raise parsing.Unreadable("empty")
    if len(passages) > rules.CHUNKS_MAX:
        raise Rejected("too_many_passages")
    if not Chunk.objects.filter(document=document).exists():  # those that are there keep the title of an earlier turn
        lease.write(indexed_title=document.title)
    write_passages(document, generation, passages)


def embed(lease: Lease, generation: IndexGeneration) -> None:
    """A vector for each passage that has none yet. Raises EmbedderAway and StoreAway."""
    chunks = Chunk.objects.filter(document=lease.document, generation=generation)
    lease.write(state=State.EMBEDDING, total=chunks.count())
    for done in embed_passages(chunks, generation):
        lease.write(done=done)


def finish(lease: Lease, generation: IndexGeneration) -> None:
    """The document can be found from now on, by those whom it is for today. Raises StoreAway, and Lost."""
    document = lease.document
    lease.write(state=State.INDEXING, chunks=document.total)
    rescope(document.pk)
    if not end_held(document.lease, document.pk, State.READY):
        raise Lost


def _language(document: Document, said: str) -> str:
    """What a file says of itself counts in one's own library; a community has its language."""
    code = re.split("[-_]", said.strip().lower())[0]
    return document.language if document.community_id else LANGUAGES_BY_CODE.get(code, document.language)


def _write_pages(lease: Lease, pages: Iterable[parsing.Page], total: int) -> None:
    rows = [
        Page(
            document=lease.document,
            number=page.number,
            label=page.label[: rules.LABEL_MAX],
            blocks=[asdict(block) for block in page.blocks],
            needs_ocr=page.needs_ocr,
        )
        for page in pages
    ]
    Page.objects.bulk_create(rows, ignore_conflicts=True)
    done = lease.document.page_set.count()
    lease.write(done=done, total=max(done, total) if total else 0)
