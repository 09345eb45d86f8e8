"""What a member is told once their text is saved."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from communities import permissions
from communities.history import Written
from communities.lints import names_beyond
from communities.models import Membership, Post, Tag


def say_what_waits(request: HttpRequest, post: Post) -> None:
    """Nobody is left wondering why a tag of theirs is not there."""
    proposed = Tag.objects.proposed().filter(tagged__post=post).order_by("tagged__place")
    if names := ", ".join(tag.name for tag in proposed):
        messages.info(request, _("New here: %(names)s. It appears when a moderator approves.") % {"names": names})


def say_who_is_not_told(request: HttpRequest, content: Written, me: Membership | None) -> None:
    """Nobody waits for people of whom only the first hear. In a text of somebody else these are that one's affair."""
    if content.author_id == request.user.pk:
        for sentence in names_beyond(content.body, permissions.most_mentions(me)):
            messages.info(request, sentence)
