"""After a deletion: the message that offers to take it back."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from communities.models import Answer, Bookmark, Comment, Draft, Post


def offer_undo(request: HttpRequest, sentence: str, content: Post | Answer | Comment | Bookmark | Draft) -> None:
    """The extra tag says `undo:` and the address that takes it back; the toast draws it as a button."""
    address = reverse(f"communities:{type(content).__name__.lower()}_restore", args=[content.pk])
    messages.success(request, sentence, extra_tags=f"undo:{address}")
