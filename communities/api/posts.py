"""Posts: one with its answers, publishing, changing, deleting."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from accounts.requests import MemberRequest
from communities import permissions, rules
from communities.actions.posting import convert_post, delete_post, edit_post, publish_post, restore_post
from communities.api.answers import answer_mine, deeds_of
from communities.api.conditional import unless_known
from communities.api.texts import AnswerOut, PostFacts, TextOut, whole_texts
from communities.api.writing import SAID, WHY, EditIn, as_sent, moved, reason_given
from communities.forms.posts import PostEditForm
from communities.history import Moved, words_of
from communities.lints import names_beyond, warnings
from communities.models import Answer, Post, PostKind
from communities.ranking import Sort, in_order
from communities.reading import PostPage, answers_to_order, page_of_post
from communities.tagging import slugs_of
from communities.threads import Reader
from communities.views.access import (
    count_against_limit,
    editor_of,
    found,
    post_or_deleted,
    seen_community,
    seen_post,
)
from communities.views.asking import check_asks, form_of
from communities.views.saved import what_waits, who_is_not_told
from net.faults import checked, unfit
from net.leading import lead_on
from net.sent import Sent

router = Router(tags=["posts"])
OF_KINDS = ("goal", "tried", "stuck", "body", "topic")
"""What not every form for a new post has."""


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


class SavedPostOut(PostOut):
    said: list[str] = SAID


class TaggedIn(Sent):
    topic: str | None = Field(None, description="The slug of a topic; it may as well be among the tags.")
    tags: list[str] | None = None
    new_tags: bool = Field(False, description="Those that the community does not have yet are made or proposed.")


class PostIn(TaggedIn):
    """A question says `goal`, `tried` and `stuck`, everything else `body`."""

    community: str = Field(description="Its slug.")
    kind: PostKind = PostKind.QUESTION
    title: str
    goal: str | None = None
    tried: str | None = None
    stuck: str | None = None
    body: str | None = None


class PostEditIn(TaggedIn, EditIn):
    """What is not named stays as it is."""

    title: str | None = None
    body: str | None = None


class KindIn(Sent):
    value: PostKind


@router.get("posts/{int:pk}", response={200: PostOut, 304: None}, url_name="post", summary="A post with its answers")
def read(
    request: HttpRequest,
    response: HttpResponse,
    pk: int,
    sort: Sort = Sort.BEST,
    page: int = Query(1, ge=1, le=99_999, description="Of answers; beyond the last it is the last."),
) -> HttpResponse | dict[str, Any]:
    around = found(page_of_post(pk, request.user))
    post, linked, me = around
    shown, pages = _answers(post, sort, page)
    reader = Reader(post, me, request.user)
    if page < pages:
        lead_on(request, response, page=page + 1)
    below = [(one.post.pk, one.post.title, one.is_duplicate) for one in linked]
    versions = [(answer.pk, answer.version) for answer in shown]
    if known := unless_known(request, response, post.pk, post.version, versions, pages, below, deeds_of(reader)):
        return known
    return _whole(around, shown, pages, reader)


@router.post("posts", response={201: SavedPostOut}, url_name="post_publish", summary="Ask, discuss, share, announce")
def publish(request: MemberRequest, sent: PostIn) -> Status[dict[str, Any]]:
    """The page shows warnings before it publishes; here they come in `said`. The same text again within ten minutes is
    the same post."""
    community, me = seen_community(request, sent.community)
    check_asks(me)
    given = sent.dict(exclude={"community", "kind"}, exclude_none=True)
    form = form_of(sent.kind, as_sent(given), {}, community, me)
    strange = [name for name in OF_KINDS if name in given and name not in form.fields]
    if strange:
        raise unfit(dict.fromkeys(strange, _("Such a post has no such field here.")))
    written = checked(form)
    count_against_limit(request, "post")
    post = publish_post(community, by=request.user, kind=sent.kind, **written)
    lints = [str(sentence) for sentence in warnings(sent.kind, post.body)]
    beyond = names_beyond(post.body, permissions.most_mentions(me))
    return Status(201, post_now(request, post.pk) | {"said": [*lints, *beyond, *what_waits(post)]})


@router.patch("posts/{int:pk}", response=SavedPostOut, url_name="post_edit", summary="Change a post")
def edit(request: MemberRequest, pk: int, sent: PostEditIn) -> dict[str, Any]:
    """409 with both texts when it no longer says what `began_with` names."""
    post = seen_post(request, pk)
    me = editor_of(request, post)
    now = {"title": post.title, "body": post.body, "tags": slugs_of(post), "began_with": words_of(post).fingerprint}
    given = sent.dict(exclude_unset=True)
    is_own = post.author_id == request.user.pk
    written = checked(PostEditForm(as_sent(now | given), community=post.community, me=me, is_own=is_own))
    count_against_limit(request, "edit")
    try:
        edited = edit_post(post, by=request.user, **written)
    except Moved:
        raise moved(post, given) from None
    return post_now(request, pk) | {"said": [*what_waits(edited), *who_is_not_told(edited, me)]}


@router.put("posts/{int:pk}/kind", response=PostOut, url_name="post_kind", summary="Make it another kind")
def convert(request: MemberRequest, pk: int, sent: KindIn) -> dict[str, Any]:
    """Moderators only. Only questions have an accepted answer."""
    post = seen_post(request, pk)
    count_against_limit(request, "edit")
    convert_post(post, by=request.user, kind=sent.value)
    return post_now(request, pk)


@router.delete("posts/{int:pk}", response={204: None}, url_name="post_delete", summary="Delete a post")
def delete(request: MemberRequest, pk: int, reason: str = WHY) -> Status[None]:
    """It can be brought back for thirty days."""
    post = seen_post(request, pk)
    why = reason_given(request, post, reason)
    count_against_limit(request, "edit")
    delete_post(post, by=request.user, reason=why)
    return Status(204, None)


@router.post("posts/{int:pk}/restore", response=PostOut, url_name="post_restore", summary="Bring a post back")
def restore(request: MemberRequest, pk: int) -> dict[str, Any]:
    post = post_or_deleted(request, pk)
    count_against_limit(request, "edit")
    restore_post(post, by=request.user)
    return post_now(request, pk)


def post_now(request: HttpRequest, pk: int) -> dict[str, Any]:
    """As it stands, with the best answers."""
    around = found(page_of_post(pk, request.user))
    shown, pages = _answers(around.post, Sort.BEST, 1)
    return _whole(around, shown, pages, Reader(around.post, around.me, request.user))


def _answers(post: Post, sort: Sort, page: int) -> tuple[list[Answer], int]:
    """This page of them, or the last one, and how many pages there are."""
    ordered = in_order(answers_to_order(post), sort) if post.answer_count else []
    size = rules.ANSWERS_PER_PAGE
    pages = max(1, -(-len(ordered) // size))
    begin = (min(page, pages) - 1) * size
    return ordered[begin : begin + size], pages


def _whole(around: PostPage, shown: list[Answer], pages: int, reader: Reader) -> dict[str, Any]:
    text, texts = whole_texts(around.post, shown)
    said = reader.words.get(None, [])
    mine = {"vote": reader.votes.get(None, 0), "is_bookmarked": "bookmarked" in said, "follows": reader.follows}
    return found(text) | {
        "linked": [
            {"id": one.post.pk, "kind": one.post.kind, "title": one.post.title, "is_duplicate": one.is_duplicate}
            for one in around.linked
        ],
        "answers": [texts[one.pk] | {"mine": answer_mine(reader, one)} for one in shown if one.pk in texts],
        "pages": pages,
        "mine": mine if reader.is_signed_in else None,
    }
