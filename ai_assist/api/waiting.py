"""Waiting for an answer while a program holds the line: few at a time, since each takes a thread that serves pages."""

from datetime import timedelta
from threading import Semaphore

from asgiref.sync import async_to_sync
from django.shortcuts import get_object_or_404
from ninja import Query

from accounts.models import User
from ai_assist import rules
from ai_assist.conversations import Shown, shown
from ai_assist.models import Message
from ai_assist.views.streams import give_connection_back, until_done

SECONDS = Query(0.0, ge=0, le=rules.WAIT_LONGEST.total_seconds(), description="How long to wait for the answer.")

_room = Semaphore(rules.PROGRAMS_WAITING)


def waited_for(message: Message, asker: User, seconds: float) -> Shown:
    """The question as it is when its answer is there, or after so long; at once when enough others wait already."""
    if seconds and message.is_unanswered and _room.acquire(blocking=False):
        try:
            give_connection_back()
            async_to_sync(until_done)(message.uuid, timedelta(seconds=seconds))
        finally:
            _room.release()
    found = get_object_or_404(Message.objects.select_related("conversation"), pk=message.pk)
    (line,) = shown([found], asker)
    return line
