"""How a question with its answer and citations looks to a program."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from ninja import Field, Schema

from ai_assist.conversations import Shown
from ai_assist.models import Citation, Message, MessageState


class Mode(StrEnum):
    PASSAGES = "passages"
    MODEL = "model"


class DocumentRef(Schema):
    uuid: UUID
    title: str


class CitationOut(Schema):
    number: int = Field(description="Its marker in the answer: 1 is `[1]`.")
    quote: str = Field(description="Word for word from the document.")
    passage: str = Field(description="What the quote stands in.")
    document: DocumentRef
    page: int = Field(description="From 1; where the document has no pages, the section.")
    is_paged: bool
    heading: str = Field(description="The headings above it.")
    url: str = Field(description="The page of the document on which it stands, marked.")
    anchor: str = Field(description="Where its marker leads in the HTML.")


class MessageOut(Schema):
    uuid: UUID
    conversation: UUID
    question: str
    looked_for: str = Field(description="What was searched, if it is not the question.")
    state: MessageState
    mode: Mode | None = Field(description="Whether passages are quoted or a chat model wrote; null without an answer.")
    model: str = Field(description="The chat model that wrote it.")
    answer: str = Field(description="Markdown with the markers `[1]`, `[2]` … of the citations.")
    html: str = Field(description="The same as HTML; its markers are links to the anchors of the citations.")
    said: str = Field(description="What there is to say about the answer, in a sentence.")
    is_withheld: bool = Field(description="It rests on a document that is gone or that you may no longer read.")
    citations: list[CitationOut]
    nearest: list[DocumentRef] = Field(description="The documents that came nearest, where nothing was found.")
    tokens_in: int
    tokens_out: int
    feedback: str
    created_at: datetime
    done_at: datetime | None
    stream: str | None = Field(description="Where the answer can be followed while it is being written.")


def message_out(line: Shown) -> MessageOut:
    """With what its asker may read of it now."""
    message = line.message
    stream = settings.SITE_URL + reverse("ai_assist:answer_stream", args=[message.uuid])
    answer, html = ("", "") if line.is_withheld or message.is_unanswered else (message.text, message.html)
    return MessageOut(
        uuid=message.uuid,
        conversation=message.conversation.uuid,
        question=message.question,
        looked_for=line.looked_for,
        state=MessageState(message.state),
        mode=(Mode.MODEL if message.model else Mode.PASSAGES) if answer else None,
        model=message.model,
        answer=answer,
        html=html,
        said=line.said,
        is_withheld=line.is_withheld,
        citations=citations_out(line),
        nearest=[DocumentRef(uuid=document.uuid, title=document.title) for document in line.nearest],
        tokens_in=message.tokens_in,
        tokens_out=message.tokens_out,
        feedback=message.feedback,
        created_at=message.created_at,
        done_at=message.done_at,
        stream=stream if message.is_unanswered else None,
    )


def citations_out(line: Shown) -> list[CitationOut]:
    return [_citation_out(source.citation, line.message) for source in line.sources]


def _citation_out(citation: Citation, message: Message) -> CitationOut:
    document: Any = citation.document  # it is there, else the answer were withheld
    return CitationOut(
        number=citation.marker,
        quote=citation.quote,
        passage=citation.passage,
        document=DocumentRef(uuid=document.uuid, title=citation.title),
        page=citation.page,
        is_paged=document.is_paged,
        heading=citation.heading_path,
        url=settings.SITE_URL + citation.get_absolute_url(),
        anchor=message.source_anchor(citation.marker),
    )
