"""What is new in one's communities, and lists that one keeps under a name."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from accounts.requests import MemberRequest
from communities.actions.saving import begin_with, delete_list, hear_of_list, save_list
from communities.actions.unfit import Unfit
from communities.api.communities import PostsOut, posts_out
from communities.api.pages import AFTER, LIMIT
from communities.forms.lists import SaveListForm
from communities.keyset import keyset_page
from communities.models import Membership, Post, SavedList
from communities.models.content import NOT_DELETED
from communities.public import absolute
from communities.tabs import ORDERS, Tab, of_tab
from communities.views.access import count_against_limit
from net.faults import checked
from net.problems import Problem
from net.sent import Sent

router = Router(tags=["feed"])


class ListOut(Schema):
    id: int
    name: str
    address: str = Field(description="Of its page, without the host.")
    url: str
    begins: bool = Field(description="Your feed opens with it.")
    hears: bool = Field(description="Once a day your inbox says how much is new there.")


class ListsOut(Schema):
    lists: list[ListOut]


class ListIn(Sent):
    name: str
    address: str = Field(description="Of a feed, a community, a tag or a search, without the host.")


class ListEditIn(Sent):
    """What is not named stays as it is."""

    begins: bool | None = None
    hears: bool | None = None


@router.get("feed", response={200: PostsOut, 304: None}, url_name="feed", summary="Posts of your communities")
def feed(
    request: MemberRequest, response: HttpResponse, show: Tab = Tab.NEWEST, after: str = AFTER, limit: int = LIMIT
) -> HttpResponse | dict[str, Any]:
    mine = list(Membership.objects.filter(user=request.user).values_list("community", flat=True))
    posts = of_tab(Post.objects.filter(NOT_DELETED), show, request.user)
    return posts_out(request, response, keyset_page(ORDERS[show], after, limit, posts, communities=mine))


@router.get("lists", response=ListsOut, url_name="lists", summary="Lists that you keep")
def mine(request: MemberRequest) -> dict[str, Any]:
    return {"lists": [_out(one) for one in SavedList.objects.of(request.user).order_by("name")]}


@router.post("lists", response={201: ListOut}, url_name="list_save", summary="Keep a list")
def save(request: MemberRequest, sent: ListIn) -> Status[dict[str, Any]]:
    """A name that you used before means this list from now on."""
    wanted = checked(SaveListForm(sent.dict()))
    count_against_limit(request, "edit")
    try:
        return Status(201, _out(save_list(by=request.user, **wanted)))
    except Unfit as refusal:
        raise Problem(422, str(refusal)) from None


@router.patch("lists/{int:pk}", response=ListOut, url_name="list_edit", summary="Begin with it, hear of it")
def edit(request: MemberRequest, pk: int, sent: ListEditIn) -> dict[str, Any]:
    saved = _mine(request, pk)
    count_against_limit(request, "follow")
    if sent.begins is not None and sent.begins != bool(saved.default_since):
        begin_with(saved if sent.begins else None, by=request.user)
    if sent.hears is not None:
        hear_of_list(saved, by=request.user, is_wanted=sent.hears)
    return _out(_mine(request, pk))


@router.delete("lists/{int:pk}", response={204: None}, url_name="list_remove", summary="Keep it no longer")
def remove(request: MemberRequest, pk: int) -> Status[None]:
    saved = _mine(request, pk)
    count_against_limit(request, "edit")
    delete_list(saved, by=request.user)
    return Status(204, None)


def _mine(request: MemberRequest, pk: int) -> SavedList:
    return get_object_or_404(SavedList.objects.of(request.user), pk=pk)


def _out(saved: SavedList) -> dict[str, Any]:
    return {
        "id": saved.pk,
        "name": saved.name,
        "address": saved.address,
        "url": absolute(saved.address),
        "begins": saved.default_since is not None,
        "hears": saved.news_since is not None,
    }
