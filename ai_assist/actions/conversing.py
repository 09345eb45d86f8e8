"""What becomes of a conversation: another name, the end."""

from ai_assist.models import Conversation


def rename_conversation(conversation: Conversation, *, title: str) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(title=title)


def delete_conversation(conversation: Conversation) -> None:
    """With its questions and answers, for good. Idempotent. A worker that is at one of them has nothing to write to."""
    Conversation.objects.filter(pk=conversation.pk).delete()
