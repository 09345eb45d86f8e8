"""Takes away what a deleted document has left: answers from it, the file, pages and what was drawn of them, passages
with their vectors. Then its row."""

import logging

from ai_assist import rules
from ai_assist.models import Chunk, Citation, Document, IndexGeneration, Message, State
from ai_assist.pageview.drawing import forget_drawings
from ai_assist.pipeline.lease import beating, take
from ai_assist.stores import StoreAway, store

logger = logging.getLogger(__name__)


def purge(pk: int) -> None:
    """Idempotent. Where the store is away the row and the passages stay, and nobody sees them; it is tried again
    later."""
    lease = take(pk, (State.DELETING,))
    if lease is None:
        return
    document = lease.document
    Message.objects.filter(citations__document=document).update(text="", html="")
    Message.objects.filter(retrieval__written_from__contains=pk).update(text="", html="")
    Message.objects.filter(retrieval__said_in__contains=pk).update(standalone="")
    Citation.objects.filter(document=document).update(quote="", passage="", title="", heading_path="")
    document.file.storage.delete(str(document.file.name))
    forget_drawings(document)
    document.page_set.all().delete()
    try:
        with beating(lease):
            for generation in IndexGeneration.objects.order_by("pk"):
                _take_vectors(document, generation)
    except StoreAway:
        lease.give_back(rules.RETRY_AFTER)
        return
    Document.objects.filter(pk=pk, state=State.DELETING).delete()


def _take_vectors(document: Document, generation: IndexGeneration) -> None:
    """Nobody waits for the store of a generation that nobody searches: when it is back, all of that is dropped."""
    chunks = Chunk.objects.filter(document=document, generation=generation)
    try:
        store(generation.store).delete(generation, list(chunks.values_list("pk", flat=True)))
    except StoreAway as away:
        if generation.state != IndexGeneration.State.OLD:
            raise
        logger.warning("%s keeps vectors of a deleted document until it is dropped: %s", generation, away)
