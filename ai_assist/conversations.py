"""Conversations as their owner reads them today: lists of them, and questions with answers and sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

import markup
from accounts.models import User
from ai_assist import rules, sayings
from ai_assist.models import Citation, Conversation, Document, Message

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NAMING = ("nearest", "said_in", "written_from")
"""What of `Message.retrieval` are documents."""


@dataclass(frozen=True)
class Page:
    conversations: list[Conversation]
    before: str
    """Where the next page begins; "" = this is the last one."""
    is_lost: bool = False
    """Where it was to begin makes no sense, so it is the first one."""


@dataclass(frozen=True)
class Source:
    """What a marker leads to: the quotation within its passage, as HTML."""

    citation: Citation
    passage: str


@dataclass(frozen=True)
class Shown:
    """A question with what its owner may read of the answer.

    `is_withheld`: it rests on a document that they may not read any more, so nothing of it is here. `looked_for`: what
    was searched, if it is not the question; it may have words of answers before.
    """

    message: Message
    sources: list[Source] = field(default_factory=list)
    nearest: list[Document] = field(default_factory=list)
    is_withheld: bool = False
    looked_for: str = ""

    @property
    def said(self) -> str:
        """What there is to say about the answer, in a sentence; "" when it speaks for itself."""
        message = self.message
        if self.is_withheld:
            return str(sayings.WITHHELD)
        if message.state == Message.State.CANCELLED and not message.text:
            return str(sayings.STOPPED)
        return sayings.about_answer(message.state, message.note)


def history(owner: User, words: str, before: str) -> Page:
    """The last used first; those with all these words in their name or a question."""
    found = Conversation.objects.visible_to(owner).select_related("community")
    for word in words.split()[: rules.WORDS_OF_SEARCH]:
        asked = Message.objects.filter(conversation=OuterRef("pk"), question__icontains=word)
        found = found.filter(Q(title__icontains=word) | Exists(asked))
    start = _read(before)
    if start:
        found = found.filter(Q(changed_at__lt=start[0]) | Q(changed_at=start[0], pk__lt=start[1]))
    rows = list(found.order_by("-changed_at", "-pk")[: rules.CONVERSATIONS_PER_PAGE + 1])
    more = len(rows) > rules.CONVERSATIONS_PER_PAGE
    rows = rows[: rules.CONVERSATIONS_PER_PAGE]
    return Page(rows, _written(rows[-1]) if more else "", is_lost=bool(before) and start is None)


def questions(conversation: Conversation, owner: User, before: int | None = None) -> tuple[list[Shown], int | None]:
    """The last of them in the order they were asked, and where the ones before begin, if there are any."""
    asked = Message.objects.filter(conversation=conversation)
    if before is not None:
        asked = asked.filter(pk__lt=before)
    rows = list(asked.order_by("-pk")[: rules.QUESTIONS_PER_PAGE + 1])
    earlier = rows[rules.QUESTIONS_PER_PAGE - 1].pk if len(rows) > rules.QUESTIONS_PER_PAGE else None
    rows = rows[: rules.QUESTIONS_PER_PAGE][::-1]
    for message in rows:
        message.conversation = conversation
    return shown(rows, owner), earlier


def chosen_documents(conversation: Conversation, owner: User) -> Iterable[Document]:
    """Those that it asks one by one and that may be read today."""
    readable = Document.objects.visible_to(owner).filter(pk__in=conversation.documents.values("pk"))
    return readable.order_by("title", "pk")


def shown(messages: Sequence[Message], owner: User) -> list[Shown]:
    """What may be read of them now: of each document that they rest on it is asked again."""
    citations = Citation.objects.filter(message__in=messages).order_by("message", "marker")
    of_message: dict[int, list[Citation]] = {message.pk: [] for message in messages}
    for citation in citations:
        of_message[citation.message_id].append(citation)
    named = [pk for message in messages for name in NAMING for pk in message.retrieval.get(name, [])]
    wanted = {citation.document_id for citation in citations} | set(named)
    readable = Document.objects.visible_to(owner).in_bulk(pk for pk in wanted if pk) if wanted else {}
    return [_shown(message, of_message[message.pk], readable) for message in messages]


def _shown(message: Message, citations: list[Citation], readable: dict[int, Document]) -> Shown:
    rests_on = [*(citation.document_id for citation in citations), *message.retrieval.get("written_from", [])]
    if any(pk not in readable for pk in rests_on):
        return Shown(message, is_withheld=True)
    for citation in citations:
        citation.document = readable[citation.document_id or 0]
    sources = [Source(one, markup.render_passage(one.passage, one.quote)) for one in citations]
    nearest = [readable[pk] for pk in message.retrieval.get("nearest", []) if pk in readable]
    has_words_of_others = any(pk not in readable for pk in message.retrieval.get("said_in", []))
    is_asked_otherwise = message.standalone != message.question and not has_words_of_others
    return Shown(message, sources, nearest, looked_for=message.standalone if is_asked_otherwise else "")


def _written(last: Conversation) -> str:
    return f"{(last.changed_at - EPOCH) // timedelta(microseconds=1)}-{last.pk}"


def _read(cursor: str) -> tuple[datetime, int] | None:
    moment, _dash, pk = cursor.partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) <= rules.CURSOR_DIGITS for part in (moment, pk)):
        return None
    return EPOCH + timedelta(microseconds=int(moment)), int(pk)
