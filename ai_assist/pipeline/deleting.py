"""Takes away what a deleted document has left: vectors, passages, pages and what was drawn of them, answers from it,
the file. Then its row."""

from ai_assist import rules
from ai_assist.models import Chunk, Citation, Conversation, Document, IndexGeneration, Message, State
from ai_assist.pageview.drawing import forget_drawings
from ai_assist.pipeline.lease import beating, take
from ai_assist.stores import StoreAway, store


def purge(pk: int) -> None:
    """Idempotent. Where the store is away the row stays, and nobody sees it; it is tried again later."""
    lease = take(pk, (State.DELETING,))
    if lease is None:
        return
    document = lease.document
    try:
        with beating(lease):
            for generation in IndexGeneration.objects.order_by("pk"):
                chunks = Chunk.objects.filter(document=document, generation=generation)
                store(generation.store).delete(generation, list(chunks.values_list("pk", flat=True)))
    except StoreAway:
        lease.give_back(rules.RETRY_AFTER)
        return
    Message.objects.filter(citations__document=document).update(text="", html="")
    told = Conversation.objects.filter(message_set__citations__document=document)
    Message.objects.filter(conversation__in=told, retrieval__said_in__contains=pk).update(standalone="")
    Citation.objects.filter(document=document).update(quote="", passage="", title="", heading_path="")
    document.file.storage.delete(str(document.file.name))
    forget_drawings(document)
    Document.objects.filter(pk=pk, state=State.DELETING).delete()
