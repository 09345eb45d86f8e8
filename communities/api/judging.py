"""Votes, accepting, endorsing."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from accounts.requests import MemberRequest
from communities.actions.answering import accept_answer, unaccept_answer
from communities.actions.endorsing import endorse_answer
from communities.actions.voting import ReasonMissing, cast_vote
from communities.api.answers import answer_now
from communities.api.texts import AnswerOut
from communities.forms.judging import VoteForm
from communities.models import Answer, Post, Reason
from communities.views.access import count_against_limit, read_answer, read_post, seen_answer
from communities.views.judging import withdraw_own
from net.faults import checked, unfit
from net.sent import Sent

router = Router(tags=["judging"])


class VoteIn(Sent):
    value: int = Field(description="1, 0 or -1.")
    reason: str = Field("", description=f"A vote down says why: {', '.join(Reason.values)}.")


class VoteOut(Schema):
    value: int = Field(description="Yours.")
    up: int
    down: int


@router.put("posts/{int:pk}/vote", response=VoteOut, url_name="post_vote", summary="Vote on a post")
def vote_on_post(request: MemberRequest, pk: int, sent: VoteIn) -> dict[str, int]:
    """The same value again changes nothing."""
    return _vote(request, read_post(request, pk), sent)


@router.put("answers/{int:pk}/vote", response=VoteOut, url_name="answer_vote", summary="Vote on an answer")
def vote_on_answer(request: MemberRequest, pk: int, sent: VoteIn) -> dict[str, int]:
    """The same value again changes nothing."""
    return _vote(request, read_answer(request, pk), sent)


@router.put("answers/{int:pk}/accepted", response=AnswerOut, url_name="answer_accept", summary="Accept an answer")
def accept(request: MemberRequest, pk: int) -> dict[str, Any]:
    """Instead of any other; after it was rewritten, again."""
    return _judge(request, pk, accept_answer, limit="edit")


@router.delete("answers/{int:pk}/accepted", response=AnswerOut, url_name="answer_unaccept", summary="Take that back")
def unaccept(request: MemberRequest, pk: int) -> dict[str, Any]:
    return _judge(request, pk, unaccept_answer, limit="edit")


@router.put("answers/{int:pk}/endorsed", response=AnswerOut, url_name="answer_endorse", summary="Endorse an answer")
def endorse(request: MemberRequest, pk: int) -> dict[str, Any]:
    """With your name; after it was rewritten, again."""
    return _judge(request, pk, endorse_answer, limit="react")


@router.delete("answers/{int:pk}/endorsed", response=AnswerOut, url_name="answer_unendorse", summary="Take that back")
def unendorse(request: MemberRequest, pk: int) -> dict[str, Any]:
    """Your own endorsement."""
    return _judge(request, pk, withdraw_own, limit="react")


def _judge(request: MemberRequest, pk: int, act: Callable[..., object], *, limit: str) -> dict[str, Any]:
    answer = seen_answer(request, pk)
    count_against_limit(request, limit)
    act(answer, by=request.user)
    return answer_now(request, pk)


def _vote(request: MemberRequest, content: Post | Answer, sent: VoteIn) -> dict[str, int]:
    given = checked(VoteForm(sent.dict()))
    count_against_limit(request, "vote")
    try:
        vote = cast_vote(content, by=request.user, **given)
    except ReasonMissing:
        raise unfit({"reason": _("A vote down says what is wrong.")}) from None
    return {"value": vote.value if vote else 0, "up": content.up, "down": content.down}
