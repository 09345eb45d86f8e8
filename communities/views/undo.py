"""After a deletion: the message that offers to take it back."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from communities.models import Answer, Comment, Post

UNDO_TAG = "undo"


def offer_undo(request: HttpRequest, sentence: str, content: Post | Answer | Comment) -> None:
    """The message's tag carries where to undo; the toast draws it as a form."""
    address = reverse(f"communities:{type(content).__name__.lower()}_restore", args=[content.pk])
    messages.success(request, sentence, extra_tags=f"{UNDO_TAG}:{address}")


