"""Searching what one may read."""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from communities import rules
from communities.api.pages import AFTER, lost_page
from communities.api.texts import PostRow, post_rows
from communities.forms.search import SearchForm
from communities.models import Answer, Community, Post
from communities.searching.find import Order, Search, search
from communities.searching.mistyped import titles_like
from communities.searching.results import passages
from communities.views.access import count_search, seen_community
from net.faults import checked, unfit
from net.leading import lead_on

router = Router(tags=["search"])
SIGNER = Signer(salt="communities.api.searches", sep="~")


class FoundAnswer(Schema):
    id: int
    up: int
    down: int
    is_accepted: bool


class FoundOut(Schema):
    post: PostRow
    answer: FoundAnswer | None = Field(description="Where answers were wanted.")
    title: str = Field(description="HTML: the title with its words in `<mark>`.")
    passage: str = Field(description="HTML: where the words stand.")


class SearchOut(Schema):
    found: list[FoundOut]
    count: int
    is_capped: bool = Field(description="There are more, which are not counted.")
    hints: list[str] = Field(description="What was not understood.")
    similar: list[PostRow] = Field(description="Where nothing was found: titles with words that look like these.")
    next: str | None = Field(description="The value of `after` for the next page.")


@router.get("search", response=SearchOut, url_name="search", summary="Search")
def find(
    request: HttpRequest,
    response: HttpResponse,
    q: str,
    community: str = Query("", description="A slug: only there."),
    order: Order = Order.RELEVANCE,
    after: str = AFTER,
) -> dict[str, Any]:
    """Words, phrases and operators as in the field of the pages; 20 at a time."""
    place = seen_community(request, community)[0] if community else None
    text = checked(SearchForm({"q": q}), "query")["q"]
    if not text:
        raise unfit({"q": _("There is nothing in this to search for; write a word or an operator.")}, "query")
    begin = _begin(after)
    count_search(request)
    found = search(text, request.user, place, order)
    if found.is_senseless:
        raise unfit({"q": " ".join(found.hints)}, "query")
    shown, further = found.ids[begin : begin + rules.SEARCH_PER_PAGE], begin + rules.SEARCH_PER_PAGE
    cursor = SIGNER.sign(str(further)) if further < len(found.ids) else None
    if cursor:
        lead_on(request, response, after=cursor)
    similar = [] if found.ids else titles_like(found.query.words, request.user, place)
    return {
        "found": _rows(request, found, shown, place),
        "count": len(found.ids),
        "is_capped": found.is_capped,
        "hints": found.hints,
        "similar": post_rows(similar),
        "next": cursor,
    }


def _begin(after: str) -> int:
    try:
        return int(SIGNER.unsign(after)) if after else 0
    except BadSignature:
        raise lost_page() from None


def _rows(request: HttpRequest, found: Search, ids: list[int], place: Community | None) -> list[dict[str, Any]]:
    marks = passages(found, request.user, ids, place)
    answers: dict[int, Answer] = {}
    if found.conditions.wants_answers:
        answers = Answer.objects.only("post", "up", "down", "accepted_at").in_bulk(list(marks))
    of_post = {pk: answers[pk].post_id if pk in answers else pk for pk in marks}
    posts = Post.objects.filter(pk__in=of_post.values()).only("version", "active_at")
    rows = {row["id"]: row for row in post_rows(list(posts))}
    return [
        {"post": rows[of_post[pk]], "answer": _answer(answers.get(pk)), "title": title, "passage": passage}
        for pk, (title, passage) in marks.items()
        if of_post[pk] in rows
    ]


def _answer(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    accepted = answer.accepted_at is not None
    return {"id": answer.pk, "up": answer.up, "down": answer.down, "is_accepted": accepted}
