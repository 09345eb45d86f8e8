"""One question with its answer: as it is now, its citations, stopping it, saying whether it helped."""

from uuid import UUID

from ninja import Router, Schema

from accounts.requests import MemberRequest
from ai_assist.actions.asking import judge_answer, stop_answer
from ai_assist.api.answers import CitationOut, MessageOut, citations_out, message_out
from ai_assist.conversations import Shown, shown
from ai_assist.forms.conversations import JudgeForm
from ai_assist.models import Message
from ai_assist.views.access import count_against_limit
from ai_assist.views.answers import seen_message
from net.faults import checked
from net.sent import Sent

router = Router(tags=["conversations"])


class FeedbackIn(Sent):
    """`helpful` or `unhelpful`; the empty value takes it back."""

    value: str


class CitationsOut(Schema):
    citations: list[CitationOut]


@router.get("messages/{uuid:uuid}", response=MessageOut, url_name="message", summary="A question and its answer")
def read(request: MemberRequest, uuid: UUID) -> MessageOut:
    """Ask for it until its state is neither `pending` nor `streaming`; or follow its `stream`."""
    return message_out(_shown(request, seen_message(request, uuid)))


@router.get(
    "messages/{uuid:uuid}/citations", response=CitationsOut, url_name="citations", summary="What an answer rests on"
)
def citations(request: MemberRequest, uuid: UUID) -> CitationsOut:
    return CitationsOut(citations=citations_out(_shown(request, seen_message(request, uuid))))


@router.post("messages/{uuid:uuid}/stop", response=MessageOut, url_name="answer_stop", summary="Stop an answer")
def stop(request: MemberRequest, uuid: UUID) -> MessageOut:
    """It ends within a second with what is there. Nothing happens to one that is done."""
    message = seen_message(request, uuid)
    count_against_limit(request, "conversation")
    stop_answer(message)
    return message_out(_shown(request, seen_message(request, uuid)))


@router.post("messages/{uuid:uuid}/feedback", response=MessageOut, url_name="answer_judge", summary="Did it help?")
def judge(request: MemberRequest, uuid: UUID, given: FeedbackIn) -> MessageOut:
    """Nothing is noted before there is an answer."""
    message = seen_message(request, uuid)
    feedback = checked(JudgeForm({"value": given.value}))["value"]
    count_against_limit(request, "conversation")
    judge_answer(message, feedback)
    return message_out(_shown(request, seen_message(request, uuid)))


def _shown(request: MemberRequest, message: Message) -> Shown:
    (line,) = shown([message], request.user)
    return line
