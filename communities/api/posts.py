"""Posts and answers: one with its answers, and one answer alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from communities import rules
from communities.api.conditional import unless_known
from communities.api.kept import Wanted, kept
from communities.api.pages import lead_on
from communities.api.texts import AnswerMine, AnswerOut, PostFacts, TextOut, load_answers, whole_texts
from communities.models import Answer, PostKind
from communities.ranking import Sort, in_order
from communities.reading import answers_to_order, membership, page_of_post
from communities.threads import Reader
from communities.views.access import found, read_answer

router = Router(tags=["posts"])


class LinkedOut(Schema):
    id: int
    kind: PostKind
    title: str
    is_duplicate: bool = Field(description="The same was asked there before.")


class PostMine(Schema):
    """What you did with it."""

    vote: int
    is_bookmarked: bool
    follows: bool


class PostOut(PostFacts, TextOut):
    comment_count: int
    linked: list[LinkedOut]
    answers: list[AnswerOut] = Field(description="A page of them, the best first unless `sort` says otherwise.")
    pages: int = Field(description="Of answers.")
    mine: PostMine | None = Field(description="null where nobody is signed in.")


@router.get("posts/{int:pk}", response=PostOut, url_name="post", summary="A post with its answers")
def read(
    request: HttpRequest,
    response: HttpResponse,
    pk: int,
    sort: Sort = Sort.BEST,
    page: int = Query(1, ge=1, le=99_999, description="Of answers; beyond the last it is the last."),
) -> HttpResponse | dict[str, Any]:
    post, linked, me = found(page_of_post(pk, request.user))
    ordered = in_order(answers_to_order(post), sort) if post.answer_count else []
    pages = max(1, -(-len(ordered) // rules.ANSWERS_PER_PAGE))
    page = min(page, pages)
    shown = ordered[(page - 1) * rules.ANSWERS_PER_PAGE : page * rules.ANSWERS_PER_PAGE]
    reader = Reader(post, me, request.user)
    below = [(one.post.pk, one.post.kind, one.post.title, one.is_duplicate) for one in linked]
    versions = [(answer.pk, answer.version) for answer in shown]
    if page < pages:
        lead_on(request, response, page=page + 1)
    if known := unless_known(request, response, post.pk, post.version, versions, pages, below, _deeds(reader)):
        return known
    text, texts = whole_texts(post, shown)
    return found(text) | {
        "linked": [dict(zip(("id", "kind", "title", "is_duplicate"), one, strict=True)) for one in below],
        "answers": [texts[one.pk] | {"mine": answer_mine(reader, one)} for one in shown if one.pk in texts],
        "pages": pages,
        "mine": post_mine(reader),
    }


@router.get("answers/{int:pk}", response=AnswerOut, url_name="answer", summary="An answer")
def read_one(request: HttpRequest, response: HttpResponse, pk: int) -> HttpResponse | dict[str, Any]:
    answer = read_answer(request, pk)
    reader = Reader(answer.post, membership(request.user, answer.post.community_id), request.user)
    if known := unless_known(request, response, answer.pk, answer.version, _deeds(reader)):
        return known
    return answer_out(answer, reader)


def answer_out(answer: Answer, reader: Reader) -> dict[str, Any]:
    (texts,) = kept(Wanted("answer", [answer], load_answers))
    return found(texts.get(answer.pk)) | {"mine": answer_mine(reader, answer)}


def answer_mine(reader: Reader, answer: Answer) -> dict[str, Any] | None:
    said = reader.words.get(answer.pk, [])
    mine = AnswerMine(
        vote=reader.votes.get(answer.pk, 0),
        is_bookmarked="bookmarked" in said,
        said=sorted(word for word in said if word != "bookmarked"),
    )
    return mine.dict() if reader.is_signed_in else None


def post_mine(reader: Reader) -> dict[str, Any] | None:
    said = reader.words.get(None, [])
    mine = PostMine(vote=reader.votes.get(None, 0), is_bookmarked="bookmarked" in said, follows=reader.follows)
    return mine.dict() if reader.is_signed_in else None


def _deeds(reader: Reader) -> tuple[object, ...]:
    return reader.is_signed_in, sorted(reader.votes.items(), key=repr), sorted(reader.words.items(), key=repr)
