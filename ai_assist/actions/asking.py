"""Asking documents, and what the person who asked does with the answer."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from ai_assist import allowances, permissions, rules
from ai_assist.models import Conversation, Message, Reach
from ai_assist.reach import Chosen
from ai_assist.tasks import answer_message
from communities.models import Membership
from outbox import enqueue


class StillAnswering(Exception):
    """`message` has to be answered or stopped first: one at a time."""

    def __init__(self, message: Message) -> None:
        super().__init__(f"message {message.pk} is not answered yet")
        self.message = message


def begin_conversation(chosen: Chosen, *, by: User, question: str) -> Message:
    """A conversation with these documents, whose first question a worker will answer. As `ask_further`."""
    with transaction.atomic():
        if running := _running(by, question):
            return running
        conversation = Conversation.objects.create(
            owner=by,
            reach=chosen.reach,
            community=chosen.community if chosen.reach == Reach.COMMUNITY else None,
            folder=chosen.folder if chosen.reach == Reach.FOLDER else None,
            title=title_of(question),
        )
        conversation.documents.set(chosen.documents)
        return _ask(conversation, by, question)


def ask_further(conversation: Conversation, *, by: User, question: str) -> Message:
    """One more question, which a worker will answer; the same words again before the answer are the same question.

    What it costs is counted with it or not at all. Locks the member. Raises StillAnswering, UsedUp, PermissionDenied.
    """
    with transaction.atomic():
        return _running(by, question) or _ask(conversation, by, question)


def stop_answer(message: Message) -> None:
    """Nobody begins with it any more; who is at it ends it within a second with what is there. Idempotent. Locks it."""
    with transaction.atomic():
        locked = Message.objects.select_for_update(no_key=True).get(pk=message.pk)
        if not locked.is_unanswered or locked.stop_at:
            return
        locked.stop_at = timezone.now()
        if locked.state == Message.State.PENDING:
            locked.state, locked.done_at = Message.State.CANCELLED, locked.stop_at
        locked.save(update_fields=["stop_at", "state", "done_at"])


def judge_answer(message: Message, feedback: str) -> None:
    """Whether it helped; "" takes it back. Idempotent."""
    Message.objects.filter(pk=message.pk).exclude(done_at=None).update(feedback=feedback)


def title_of(question: str) -> str:
    """The first line of a question, as the name of what it begins."""
    line = question.strip().partition("\n")[0]
    if len(line) <= rules.CONVERSATION_TITLE_MAX:
        return line
    return line[: rules.CONVERSATION_TITLE_MAX - 1].rpartition(" ")[0] + "…"


def _running(by: User, question: str) -> Message | None:
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    running = Message.objects.unanswered().filter(asker=by).select_related("conversation").first()
    if running and running.question != question:
        raise StillAnswering(running)
    return running


def _ask(conversation: Conversation, by: User, question: str) -> Message:
    community = conversation.community
    if community and not permissions.can_ask_library(Membership.objects.of(by, community)):
        raise PermissionDenied(_("Only members of this community can ask its library."))
    allowances.spend(by, community, questions=1)
    message = Message.objects.create(conversation=conversation, asker=by, question=question)
    Conversation.objects.filter(pk=conversation.pk).update(changed_at=message.created_at)
    enqueue(answer_message, message.pk)
    return message
