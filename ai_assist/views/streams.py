"""An answer while it is being written, as server-sent events; and a wait for those who have no scripts.

These views hold connections open, so they run under ASGI and keep no connection to the database meanwhile.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.auth.views import redirect_to_login
from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ai_assist import rules, streaming
from ai_assist.models import Message
from net.problems import problem

SEEN = re.compile(r"\d{1,20}-\d{1,20}", re.ASCII)
FROM_THE_BEGINNING = "0"
DONE = streaming.Event("0-1", streaming.DONE)
"""For an answer whose stream is gone, or lacks its end."""
STREAM = "text/event-stream"
HEARTBEAT = ": still here\n\n"


@require_safe
async def answer(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The text as it comes; a browser that lost the connection goes on after the last event that it had.

    Where a thread would be held all the while, it says that there is no stream: the page then looks again by itself.
    """
    message = await _seen(request, uuid)
    if message is None and STREAM in request.headers.get("Accept", ""):
        return problem(401, _("Sign in first."))
    if message is None:
        return redirect_to_login(request.path)
    seen = request.headers.get("Last-Event-ID", "")
    after = seen if SEEN.fullmatch(seen) else FROM_THE_BEGINNING
    if not isinstance(request, ASGIRequest):
        return HttpResponse(status=204)
    parts = _events(uuid, after) if message.is_unanswered else _done()
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(parts, content_type=STREAM, headers=headers)


@require_safe
async def wait(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Leads to the answer when it is there, or to its question after a while; then one may look again."""
    message = await _seen(request, uuid)
    if message is None:
        return redirect_to_login(request.path)
    if message.is_unanswered and isinstance(request, ASGIRequest):
        await until_done(uuid, rules.WAIT_LONGEST)
    return redirect(message)


async def _seen(request: HttpRequest, uuid: UUID) -> Message | None:
    """One's own, or 404; None for who is not signed in. The connection to the database is given back."""

    def fetch() -> Message | None:
        try:
            if not request.user.is_authenticated:
                return None
            message = Message.objects.visible_to(request.user).select_related("conversation").filter(uuid=uuid).first()
        finally:
            give_connection_back()
        if message is None:
            raise Http404
        return message

    return await sync_to_async(fetch)()


async def _events(uuid: UUID, after: str) -> AsyncIterator[str]:
    """Ends after a while in any case: the browser comes back by itself and goes on where it was."""
    yield f"retry: {rules.STREAM_RETRY_MS}\n\n"
    until = time.monotonic() + rules.STREAM_LONGEST.total_seconds()
    with suppress(*streaming.AWAY):
        async for event in streaming.events(uuid, after):
            if event is None and await sync_to_async(_is_done)(uuid):
                event = DONE
            yield _written(event) if event else HEARTBEAT
            if event == DONE or time.monotonic() > until:
                return


async def _done() -> AsyncIterator[str]:
    yield _written(DONE)


async def until_done(uuid: UUID, longest: timedelta) -> None:
    """Comes back when the answer is there, or after so long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(longest.total_seconds()):
            await _done_by_stream_or_row(uuid)


async def _done_by_stream_or_row(uuid: UUID) -> None:
    """By the row from time to time, should Redis be away."""
    with suppress(*streaming.AWAY):
        async for _event in streaming.events(uuid, FROM_THE_BEGINNING):
            pass
        return
    while not await sync_to_async(_is_done)(uuid):
        await asyncio.sleep(rules.STREAM_RETRY_MS / 1000)


def _is_done(uuid: UUID) -> bool:
    try:
        return not Message.objects.unanswered().filter(uuid=uuid).exists()
    finally:
        give_connection_back()


def give_connection_back() -> None:
    """To the pool, unless somebody further out is in the middle of a transaction with it, as tests are."""
    if not connection.in_atomic_block:
        connection.close()


def _written(event: streaming.Event) -> str:
    lines = "".join(f"data: {line}\n" for line in event.text.replace("\r", "").split("\n"))
    return f"id: {event.id}\nevent: {event.kind}\n{lines}\n"
