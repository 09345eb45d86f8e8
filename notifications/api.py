"""The inbox for programs."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from accounts.requests import MemberRequest
from net.leading import lead_on
from net.sent import Sent
from notifications.actions import mark_all_read, mark_read
from notifications.models import Kind, Notification
from notifications.pages import page_before

router = Router(tags=["inbox"])
LAST = 2**63 - 1


class NoticeOut(Schema):
    id: int
    kind: Kind
    title: str
    url: str
    created_at: datetime
    read_at: datetime | None


class InboxOut(Schema):
    notices: list[NoticeOut]
    unread: int
    next: int | None = Field(description="The value of `before` for the next page.")


class UpToIn(Sent):
    up_to: int = Field(description="The id of the newest that you have seen; what came since stays.", ge=1, le=LAST)


class UnreadOut(Schema):
    unread: int


@router.get("inbox", response=InboxOut, url_name="inbox", summary="What you were told")
def inbox(
    request: MemberRequest,
    response: HttpResponse,
    before: int | None = Query(None, ge=1, le=LAST, description="Where the page begins: `next` of the one before."),
) -> dict[str, Any]:
    """The newest first, 30 at a time."""
    page = page_before(Notification.objects.shown_to(request.user), str(before or ""))
    further = page.rows[-1].pk if page.has_more else None
    if further:
        lead_on(request, response, before=further)
    return {"notices": [_out(one) for one in page.rows], "unread": _unread(request), "next": further}


@router.post("inbox/{int:pk}/read", response=NoticeOut, url_name="notice_read", summary="Mark it as read")
def read(request: MemberRequest, pk: int) -> dict[str, Any]:
    notice = get_object_or_404(Notification.objects.shown_to(request.user), pk=pk)
    mark_read(notice)
    notice.refresh_from_db()
    return _out(notice)


@router.post("inbox/read", response=UnreadOut, url_name="inbox_read", summary="Mark them as read")
def read_all(request: MemberRequest, sent: UpToIn) -> dict[str, Any]:
    mark_all_read(request.user, up_to=sent.up_to)
    return {"unread": _unread(request)}


def _unread(request: MemberRequest) -> int:
    return Notification.objects.shown_to(request.user).unread().count()


def _out(notice: Notification) -> dict[str, Any]:
    return {
        "id": notice.pk,
        "kind": notice.kind,
        "title": notice.title,
        "url": settings.SITE_URL + notice.url,
        "created_at": notice.created_at,
        "read_at": notice.read_at,
    }
