"""Conversations: beginning one, asking on, reading them, another name, the end."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from accounts.requests import MemberRequest
from ai_assist import rules
from ai_assist.actions.asking import StillAnswering, ask_further, begin_conversation
from ai_assist.actions.conversing import delete_conversation, rename_conversation
from ai_assist.allowances import UsedUp
from ai_assist.api.answers import DocumentRef, MessageOut, message_out
from ai_assist.api.faults import too_much
from ai_assist.api.waiting import SECONDS, waited_for
from ai_assist.conversations import chosen_documents, history, questions
from ai_assist.forms.conversations import NameForm, QuestionForm
from ai_assist.models import Conversation, Message, Reach
from ai_assist.sayings import STILL_ANSWERING
from ai_assist.views.access import count_against_limit
from ai_assist.views.choosing import seen_choice
from ai_assist.views.conversations import seen_conversation
from net.faults import checked, unfit
from net.problems import Problem
from net.sent import Sent

router = Router(tags=["conversations"])


class ConversationOut(Schema):
    uuid: UUID
    title: str
    reach: Reach = Field(description="Which documents it asks.")
    community: str | None = Field(description="The slug of the community whose library it asks.")
    folder: int | None
    created_at: datetime
    changed_at: datetime


class ConversationsOut(Schema):
    conversations: list[ConversationOut]
    next: str | None = Field(description="The value of `before` for the next page.")


class ReadConversationOut(ConversationOut):
    documents: list[DocumentRef] = Field(description="The chosen ones that you may read.")
    messages: list[MessageOut] = Field(description="In the order they were asked, the last 20.")
    earlier: str | None = Field(description="The value of `before` for the 20 before these.")


class QuestionIn(Sent):
    question: str


class FirstQuestionIn(QuestionIn):
    """Asked are these documents, this folder, or this community; without any of them all your documents."""

    documents: list[UUID] | None = Field(None, min_length=1, max_length=rules.DOCUMENTS_ASKED_MAX)
    folder: int | None = Field(None, ge=0)
    community: str | None = Field(None, min_length=1, description="A slug.")


class TitleIn(Sent):
    title: str


@router.get("conversations", response=ConversationsOut, url_name="conversations", summary="Your conversations")
def list_conversations(request: MemberRequest, q: str = "", before: str = "") -> dict[str, object]:
    """The last used first, 30 at a time; those with all the words of `q` in their name or a question."""
    page = history(request.user, q[: rules.QUESTION_MAX], before)
    if page.is_lost:
        raise _lost_page()
    return {"conversations": [_out(one) for one in page.conversations], "next": page.before or None}


@router.post("conversations", response={201: MessageOut}, url_name="conversation_new", summary="Ask documents")
def begin(request: MemberRequest, asked: FirstQuestionIn, wait: float = SECONDS) -> Status[MessageOut]:
    """Begins a conversation; what comes back is its first question. The answer is in it if it came within `wait`
    seconds."""
    given = {"documents": asked.documents, "folder": asked.folder, "community": asked.community}
    named = [name for name, value in given.items() if value is not None]
    if len(named) > 1:
        raise unfit(dict.fromkeys(named, _("Name documents, a folder or a community, not several of them.")))
    fields = {
        "document": ",".join(map(str, asked.documents or ())),
        "folder": "" if asked.folder is None else str(asked.folder),
        "community": asked.community or "",
    }
    chosen = seen_choice(fields, request.user)
    return _asked(request, asked, partial(begin_conversation, chosen), wait)


@router.get(
    "conversations/{uuid:uuid}", response=ReadConversationOut, url_name="conversation", summary="A conversation"
)
def read(request: MemberRequest, uuid: UUID, before: int | None = None) -> dict[str, object]:
    """With its questions and what you may read of the answers today."""
    conversation = seen_conversation(request, uuid)
    lines, earlier = questions(conversation, request.user, before)
    return _out(conversation) | {
        "documents": chosen_documents(conversation, request.user) if conversation.reach == Reach.DOCUMENTS else [],
        "messages": [message_out(line) for line in lines],
        "earlier": None if earlier is None else str(earlier),
    }


@router.post(
    "conversations/{uuid:uuid}/questions", response={201: MessageOut}, url_name="question_new", summary="Ask on"
)
def ask(request: MemberRequest, uuid: UUID, asked: QuestionIn, wait: float = SECONDS) -> Status[MessageOut]:
    """The answer is in it if it came within `wait` seconds."""
    conversation = seen_conversation(request, uuid)
    return _asked(request, asked, partial(ask_further, conversation), wait)


@router.patch(
    "conversations/{uuid:uuid}", response=ConversationOut, url_name="conversation_rename", summary="Rename it"
)
def rename(request: MemberRequest, uuid: UUID, wanted: TitleIn) -> dict[str, object]:
    conversation = seen_conversation(request, uuid)
    title = checked(NameForm({"title": wanted.title}))["title"]
    count_against_limit(request, "conversation")
    rename_conversation(conversation, title=title)
    return _out(seen_conversation(request, uuid))


@router.delete("conversations/{uuid:uuid}", response={204: None}, url_name="conversation_delete", summary="Delete it")
def delete(request: MemberRequest, uuid: UUID) -> Status[None]:
    """With its questions and answers, for good."""
    conversation = seen_conversation(request, uuid)
    count_against_limit(request, "conversation")
    delete_conversation(conversation)
    return Status(204, None)


def _out(conversation: Conversation) -> dict[str, object]:
    return {
        "uuid": conversation.uuid,
        "title": conversation.title,
        "reach": conversation.reach,
        "community": conversation.community.slug if conversation.community else None,
        "folder": conversation.folder_id,
        "created_at": conversation.created_at,
        "changed_at": conversation.changed_at,
    }


def _lost_page() -> Problem:
    sentence = _("There is no such page. Begin with the first one.")
    return Problem(422, sentence, errors=[{"where": ["query", "before"], "detail": sentence}])


def _asked(
    request: MemberRequest, asked: QuestionIn, ask_it: Callable[..., Message], wait: float
) -> Status[MessageOut]:
    """Counted against the limit once it makes sense. Raises Problem, TooOften."""
    question = checked(QuestionForm({"question": asked.question}))["question"]
    count_against_limit(request, "ask")
    try:
        message = ask_it(by=request.user, question=question)
    except UsedUp as refused:
        raise too_much(refused) from None
    except StillAnswering as refused:
        raise Problem(409, str(STILL_ANSWERING), message=str(refused.message.uuid)) from None
    return Status(201, message_out(waited_for(message, request.user, wait)))
