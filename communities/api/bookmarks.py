"""Bookmarks: one's own, which nobody else ever learns of."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from accounts.requests import MemberRequest
from communities import rules
from communities.actions.bookmarking import (
    bookmark,
    describe_bookmark,
    remove_bookmark,
    rename_collection,
    restore_bookmark,
)
from communities.api.pages import AFTER, LIMIT, rows_after
from communities.forms.bookmarks import BookmarkForm, CollectionForm
from communities.kept import Line, collections_of, lines_of
from communities.keyset import LATEST
from communities.models import Answer, Bookmark, Post
from communities.public import absolute
from communities.views.access import count_against_limit, read_answer, read_post
from net.faults import checked
from net.leading import lead_on
from net.sent import Sent

router = Router(tags=["bookmarks"])


class KeptOut(Schema):
    title: str = Field(description="Of the post.")
    community: str
    url: str


class BookmarkOut(Schema):
    id: int
    post: int
    answer: int | None
    collection: str
    note: str
    remind_on: date | None
    created_at: datetime
    content: KeptOut | None = Field(description="null when it is gone or you may no longer read it.")


class BookmarksOut(Schema):
    bookmarks: list[BookmarkOut]
    next: str | None = Field(description="The value of `after` for the next page.")


class CollectionOut(Schema):
    name: str
    count: int = Field(description="So many bookmarks are in it.")


class CollectionsOut(Schema):
    collections: list[CollectionOut]


class CollectionIn(Sent):
    name: str = Field(description="As it is called now.")
    to: str = Field(description="One that you have already takes these bookmarks in.")


class BookmarkIn(Sent):
    """What is not named stays as it is."""

    collection: str | None = None
    note: str | None = None
    remind_on: date | None = None


@router.get("bookmarks", response=BookmarksOut, url_name="bookmarks", summary="Your bookmarks")
def mine(
    request: MemberRequest,
    response: HttpResponse,
    collection: str = Query("", max_length=rules.COLLECTION_MAX),
    after: str = AFTER,
    limit: int = LIMIT,
) -> dict[str, Any]:
    """The newest first."""
    bookmarks = Bookmark.objects.of(request.user)
    if collection:
        bookmarks = bookmarks.filter(collection=collection)
    shown, further = rows_after(LATEST, after, limit, bookmarks)
    if further:
        lead_on(request, response, after=further)
    return {"bookmarks": [_out(line) for line in lines_of(shown, request.user)], "next": further or None}


@router.get("bookmarks/collections", response=CollectionsOut, url_name="collections", summary="Your collections")
def collections(request: MemberRequest) -> dict[str, Any]:
    return _collections(request)


@router.patch(
    "bookmarks/collections", response=CollectionsOut, url_name="collection_rename", summary="Rename a collection"
)
def rename(request: MemberRequest, sent: CollectionIn) -> dict[str, Any]:
    wanted = checked(CollectionForm(sent.dict()))
    count_against_limit(request, "bookmark")
    rename_collection(wanted["name"], by=request.user, to=wanted["to"])
    return _collections(request)


@router.put("posts/{int:pk}/bookmark", response=BookmarkOut, url_name="post_bookmark", summary="Bookmark a post")
def keep_post(request: MemberRequest, pk: int) -> dict[str, Any]:
    return _keep(request, read_post(request, pk))


@router.delete("posts/{int:pk}/bookmark", response={204: None}, url_name="post_unbookmark", summary="Take that back")
def drop_post(request: MemberRequest, pk: int) -> Status[None]:
    return _drop(request, read_post(request, pk), None)


@router.put("answers/{int:pk}/bookmark", response=BookmarkOut, url_name="answer_bookmark", summary="Bookmark an answer")
def keep_answer(request: MemberRequest, pk: int) -> dict[str, Any]:
    return _keep(request, read_answer(request, pk))


@router.delete(
    "answers/{int:pk}/bookmark", response={204: None}, url_name="answer_unbookmark", summary="Take that back"
)
def drop_answer(request: MemberRequest, pk: int) -> Status[None]:
    answer = read_answer(request, pk)
    return _drop(request, answer.post, answer)


@router.patch("bookmarks/{int:pk}", response=BookmarkOut, url_name="bookmark_edit", summary="Describe a bookmark")
def describe(request: MemberRequest, pk: int, sent: BookmarkIn) -> dict[str, Any]:
    """A new day reminds anew."""
    kept = get_object_or_404(Bookmark.objects.of(request.user), pk=pk)
    now = {"collection": kept.collection, "note": kept.note, "remind_on": kept.remind_on}
    described = checked(BookmarkForm(now | sent.dict(exclude_unset=True), initial=now))
    count_against_limit(request, "bookmark")
    return _out(*lines_of([describe_bookmark(kept, **described)], request.user))


@router.delete("bookmarks/{int:pk}", response={204: None}, url_name="bookmark_remove", summary="Remove a bookmark")
def remove(request: MemberRequest, pk: int) -> Status[None]:
    kept = get_object_or_404(Bookmark.objects.filter(owner=request.user), pk=pk)
    count_against_limit(request, "bookmark")
    remove_bookmark(kept)
    return Status(204, None)


@router.post("bookmarks/{int:pk}/restore", response=BookmarkOut, url_name="bookmark_restore", summary="Bring it back")
def restore(request: MemberRequest, pk: int) -> dict[str, Any]:
    kept = get_object_or_404(Bookmark.objects.filter(owner=request.user), pk=pk)
    count_against_limit(request, "bookmark")
    return _out(*lines_of([restore_bookmark(kept)], request.user))


def _collections(request: MemberRequest) -> dict[str, Any]:
    return {"collections": [{"name": name, "count": count} for name, count in collections_of(request.user)]}


def _keep(request: MemberRequest, content: Post | Answer) -> dict[str, Any]:
    """Idempotent; one that was removed comes back as it was."""
    count_against_limit(request, "bookmark")
    return _out(Line(bookmark(content, by=request.user), content))


def _drop(request: MemberRequest, post: Post, answer: Answer | None) -> Status[None]:
    count_against_limit(request, "bookmark")
    if kept := Bookmark.objects.of(request.user).filter(post=post, answer=answer).first():
        remove_bookmark(kept)
    return Status(204, None)


def _out(line: Line) -> dict[str, Any]:
    kept, content = line.bookmark, line.content
    seen = content and {
        "title": content.post.title,
        "community": content.post.community.slug,
        "url": absolute(content.get_absolute_url()),
    }
    return {
        "id": kept.pk,
        "post": kept.post_id,
        "answer": kept.answer_id,
        "collection": kept.collection,
        "note": kept.note,
        "remind_on": kept.remind_on,
        "created_at": kept.created_at,
        "content": seen,
    }
