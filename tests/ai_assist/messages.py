"""Messages in tests: answered at once, and what their stream has said."""

from ai_assist import streaming
from ai_assist.answering import work
from ai_assist.models import Message


def answered(message: Message) -> Message:
    work.answer(message.pk)
    message.refresh_from_db()
    return message


def streamed(message: Message) -> list[tuple[str, str]]:
    """Kind and text of each event."""
    events = streaming._server().xrange(streaming._key(message.uuid))
    return [(fields[b"kind"].decode(), fields[b"text"].decode()) for _, fields in events]
