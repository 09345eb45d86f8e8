"""One worker's turn with a question: taken once, given up by silence, ended once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

import markup
from ai_assist import rules, streaming
from ai_assist.answering.written import Written
from ai_assist.models import Citation, Conversation, Document, Message
from ai_assist.models.conversation import MessageQuerySet
from ai_assist.models.document import DocumentQuerySet
from ai_assist.retrieval import Hit

ANSWER = (
    *("standalone", "state", "text", "html", "note", "model", "tokens_in", "tokens_out", "retrieval"),
    *("heartbeat_at", "done_at"),
)


class Lost(Exception):
    """Somebody else has the question now, or it is gone: nothing of this work counts any more."""


class Revoked(Exception):
    """The person may not read all of that any more from which their answer is being written."""


@dataclass
class Turn:
    """The right to answer, until somebody else takes the question. Each worker that takes it counts `attempts` up.

    Besides what the answer costs there are the tokens of what a chat model was asked before it; and `said_in`: the
    documents from whose passages and quotations words came into what is looked for.
    """

    message: Message
    tokens_in: int = 0
    tokens_out: int = 0
    said_in: set[int] = field(default_factory=set)

    def should_stop(self) -> bool:
        """Says at the same time that the work goes on. Raises Lost."""
        if not self._mine().update(heartbeat_at=timezone.now()):
            raise Lost
        return self._mine().filter(stop_at__isnull=False).exists()

    def look_anew(self) -> None:
        """For the question as it was asked."""
        self.message.standalone = self.message.question
        self.said_in = set()

    def check_rights(self, hits: Sequence[Hit]) -> None:
        """Raises Revoked."""
        if not self._may_read(hits, self._readable()):
            raise Revoked

    def end(self, written: Written) -> bool:
        """Keeps the answer with what it rests on; False if the person may not read all of that any more. Raises Lost.

        Locks the question and then what it was answered from, so that whoever deletes a document finds its answers.
        """
        message = self.message
        with transaction.atomic():
            if not self._mine().select_for_update(no_key=True).exists():
                raise Lost
            locked = self._readable().select_for_update(of=("self",), no_key=True).order_by("pk")
            if not self._may_read(written.hits, locked):
                return False
            message.state, message.text = written.state, written.text
            message.html = markup.render_quoted(written.text, markers=self._addresses(len(written.quotes)))
            message.note, message.model = written.note, written.model
            message.tokens_in = self.tokens_in + written.tokens_in
            message.tokens_out = self.tokens_out + written.tokens_out
            message.retrieval = _found(written) | ({"said_in": sorted(self.said_in)} if self.said_in else {})
            message.heartbeat_at, message.done_at = None, timezone.now()
            message.save(update_fields=ANSWER)
            Citation.objects.bulk_create(self._citations(written))
            Conversation.objects.filter(pk=message.conversation_id).update(changed_at=message.done_at)
        streaming.append(message.uuid, streaming.DONE)
        return True

    def _readable(self) -> DocumentQuerySet:
        return Document.objects.visible_to(self.message.asker)

    def _may_read(self, hits: Sequence[Hit], readable: DocumentQuerySet) -> bool:
        """What was found, and those whose words led to it."""
        read = {hit.chunk.document_id for hit in hits}
        states = dict(readable.filter(pk__in=read | self.said_in).values_list("pk", "state"))
        return self.said_in <= states.keys() and all(states.get(pk) == "ready" for pk in read)

    def _addresses(self, count: int) -> dict[int, str]:
        return {number: f"#{self.message.source_anchor(number)}" for number in range(1, count + 1)}

    def _citations(self, written: Written) -> list[Citation]:
        return [
            Citation(
                message=self.message,
                marker=marker,
                document=quote.chunk.document,
                chunk=quote.chunk,
                title=quote.chunk.document.title,
                heading_path=quote.chunk.heading_path,
                page=quote.chunk.page_start,
                quote=quote.text,
                passage=quote.chunk.text,
            )
            for marker, quote in enumerate(written.quotes, start=1)
        ]

    def _mine(self) -> MessageQuerySet:
        message = self.message
        return Message.objects.filter(pk=message.pk, attempts=message.attempts, state=Message.State.STREAMING)


def take(pk: int) -> Turn | None:
    """The question, if nobody is at it. The fourth attempt fails it; one that was stopped is ended."""
    with transaction.atomic():
        free = Message.objects.select_for_update(skip_locked=True, of=("self",), no_key=True).unanswered()
        message = free.filter(pk=pk).select_related("asker", "conversation").first()
        if message is None or _is_held(message):
            return None
        now = timezone.now()
        if message.stop_at or message.attempts >= rules.ATTEMPTS:
            message.state = Message.State.CANCELLED if message.stop_at else Message.State.FAILED
            message.heartbeat_at, message.done_at = None, now
            message.save(update_fields=["state", "heartbeat_at", "done_at"])
            return None
        message.state = Message.State.STREAMING
        message.attempts += 1
        message.heartbeat_at = now
        message.save(update_fields=["state", "attempts", "heartbeat_at"])
    streaming.append(message.uuid, streaming.BEGIN)
    return Turn(message)


def _is_held(message: Message) -> bool:
    heard = message.heartbeat_at
    return heard is not None and timezone.now() - heard < rules.SILENT_FOR


def _found(written: Written) -> dict[str, object]:
    """A chat model has read all of the passages, so that its words may be those of each, cited or not."""
    found = sorted((part for hit in written.hits for part in hit.parts), key=lambda part: -part.score)
    passages = [
        {"chunk": str(part.chunk.pk), "score": round(part.score, 4), "dense": round(part.dense, 4)} for part in found
    ]
    is_refused = written.state == Message.State.REFUSED
    found_now = {"passages": passages, "nearest": written.nearest[: rules.NEAREST_SHOWN] if is_refused else []}
    return found_now | ({"written_from": sorted(written.nearest)} if written.model and written.text else {})
