"""How it went with an answer."""

from typing import Any, Literal

from ninja import Field, Router

from accounts.requests import MemberRequest
from communities.actions.reacting import react, take_back
from communities.api.answers import answer_now
from communities.api.texts import AnswerOut
from communities.forms.judging import ReportForm
from communities.models import Outcome
from communities.views.access import count_against_limit, seen_answer
from net.faults import checked
from net.sent import Sent

router = Router(tags=["judging"])
Report = Literal["outdated", "wrong"]


class ReportIn(Sent):
    outcome: Report
    reason: str = Field(description="Readers see it; moderators also see who gave it.")


@router.put("answers/{int:pk}/worked", response=AnswerOut, url_name="answer_worked", summary="It worked for you")
def worked(request: MemberRequest, pk: int) -> dict[str, Any]:
    answer = seen_answer(request, pk)
    count_against_limit(request, "react")
    react(answer, by=request.user, outcome=Outcome.WORKED)
    return answer_now(request, pk)


@router.delete("answers/{int:pk}/worked", response=AnswerOut, url_name="answer_unworked", summary="Take that back")
def unworked(request: MemberRequest, pk: int) -> dict[str, Any]:
    return _take_back(request, pk, Outcome.WORKED)


@router.put("answers/{int:pk}/report", response=AnswerOut, url_name="answer_report", summary="It is outdated or wrong")
def report(request: MemberRequest, pk: int, sent: ReportIn) -> dict[str, Any]:
    """For members whom the community knows, and not on their own answers."""
    answer = seen_answer(request, pk)
    given = checked(ReportForm(sent.dict()))
    count_against_limit(request, "react")
    react(answer, by=request.user, **given)
    return answer_now(request, pk)


@router.delete("answers/{int:pk}/report", response=AnswerOut, url_name="answer_unreport", summary="Take that back")
def unreport(request: MemberRequest, pk: int, outcome: Report) -> dict[str, Any]:
    return _take_back(request, pk, Outcome(outcome))


def _take_back(request: MemberRequest, pk: int, outcome: Outcome) -> dict[str, Any]:
    """Nothing happens where it was not said."""
    answer = seen_answer(request, pk)
    count_against_limit(request, "react")
    take_back(answer, by=request.user, outcome=outcome)
    return answer_now(request, pk)
