"""Answers and replies: one alone, giving them, changing, deleting."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Status

from accounts.requests import MemberRequest
from communities.actions.answering import delete_answer, edit_answer, post_answer, restore_answer
from communities.actions.unfit import Unfit
from communities.api.conditional import unless_known
from communities.api.kept import Wanted, kept
from communities.api.texts import AnswerOut, load_answers
from communities.api.writing import SAID, WHY, EditIn, moved, reason_given
from communities.forms.answers import AnswerEditForm, AnswerForm, SecondAnswerForm
from communities.history import Moved, words_of
from communities.models import Answer
from communities.reading import membership
from communities.threads import Reader
from communities.views.access import (
    answer_or_deleted,
    count_against_limit,
    editor_of,
    found,
    read_answer,
    seen_answer,
    seen_post,
)
from communities.views.answers import answerer_of, first_answer
from communities.views.saved import who_is_not_told
from net.faults import checked
from net.problems import Problem
from net.sent import Sent

router = Router(tags=["answers"])


class SavedAnswerOut(AnswerOut):
    said: list[str] = SAID


class AnswerIn(Sent):
    body: str
    is_different: bool = Field(False, description="Who has answered before says so: it is a different approach.")


class AnswerEditIn(EditIn):
    """What is not named stays as it is."""

    body: str | None = None


@router.get("answers/{int:pk}", response={200: AnswerOut, 304: None}, url_name="answer", summary="An answer")
def read(request: HttpRequest, response: HttpResponse, pk: int) -> HttpResponse | dict[str, Any]:
    answer, reader = _read(request, pk)
    if known := unless_known(request, response, answer.pk, answer.version, deeds_of(reader)):
        return known
    return _whole(answer, reader)


@router.post("posts/{int:pk}/answers", response={201: SavedAnswerOut}, url_name="answer_give", summary="Answer")
def give(request: MemberRequest, pk: int, sent: AnswerIn) -> Status[dict[str, Any]]:
    """Or reply, where the post is no question. The same text again within ten minutes is the same answer."""
    post = seen_post(request, pk)
    me = answerer_of(request, post)
    kind = SecondAnswerForm if first_answer(post, request.user) else AnswerForm
    written = checked(kind(sent.dict(), post=post, me=me))
    count_against_limit(request, "answer")
    try:
        answer = post_answer(post, by=request.user, **written)
    except Unfit as refusal:
        raise Problem(422, str(refusal)) from None
    return Status(201, answer_now(request, answer.pk) | {"said": who_is_not_told(answer, me)})


@router.patch("answers/{int:pk}", response=SavedAnswerOut, url_name="answer_edit", summary="Change an answer")
def edit(request: MemberRequest, pk: int, sent: AnswerEditIn) -> dict[str, Any]:
    """409 with both texts when it no longer says what `began_with` names."""
    answer = seen_answer(request, pk)
    me = editor_of(request, answer)
    given = sent.dict(exclude_unset=True)
    now = {"body": answer.body, "began_with": words_of(answer).fingerprint}
    is_own = answer.author_id == request.user.pk
    written = checked(AnswerEditForm(now | given, post=answer.post, me=me, is_own=is_own))
    count_against_limit(request, "edit")
    try:
        edited = edit_answer(answer, by=request.user, **written)
    except Moved:
        raise moved(answer, given) from None
    return answer_now(request, pk) | {"said": who_is_not_told(edited, me)}


@router.delete("answers/{int:pk}", response={204: None}, url_name="answer_delete", summary="Delete an answer")
def delete(request: MemberRequest, pk: int, reason: str = WHY) -> Status[None]:
    """It can be brought back for thirty days."""
    answer = seen_answer(request, pk)
    why = reason_given(request, answer, reason)
    count_against_limit(request, "edit")
    delete_answer(answer, by=request.user, reason=why)
    return Status(204, None)


@router.post("answers/{int:pk}/restore", response=AnswerOut, url_name="answer_restore", summary="Bring an answer back")
def restore(request: MemberRequest, pk: int) -> dict[str, Any]:
    answer = answer_or_deleted(request, pk)
    count_against_limit(request, "edit")
    restore_answer(answer, by=request.user)
    return answer_now(request, pk)


def answer_now(request: HttpRequest, pk: int) -> dict[str, Any]:
    """As it stands."""
    return _whole(*_read(request, pk))


def _read(request: HttpRequest, pk: int) -> tuple[Answer, Reader]:
    answer = read_answer(request, pk)
    return answer, Reader(answer.post, membership(request.user, answer.post.community_id), request.user)


def _whole(answer: Answer, reader: Reader) -> dict[str, Any]:
    (texts,) = kept(Wanted("answer", [answer], load_answers))
    return found(texts.get(answer.pk)) | {"mine": answer_mine(reader, answer)}


def answer_mine(reader: Reader, answer: Answer) -> dict[str, Any] | None:
    """What the reader did with it; None for strangers."""
    if not reader.is_signed_in:
        return None
    words = reader.words.get(answer.pk, [])
    return {
        "vote": reader.votes.get(answer.pk, 0),
        "is_bookmarked": "bookmarked" in words,
        "said": sorted(word for word in words if word != "bookmarked"),
    }


def deeds_of(reader: Reader) -> tuple[object, ...]:
    """All that an answer to this reader depends on besides what everybody sees."""
    return reader.is_signed_in, sorted(reader.votes.items(), key=repr), sorted(reader.words.items(), key=repr)
