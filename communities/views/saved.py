"""What a member is told once their text is saved."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from communities import permissions
from communities.history import Written
from communities.lints import names_beyond
from communities.models import Membership, Post, Tag


def what_waits(post: Post) -> list[str]:
    """Nobody is left wondering why a tag of theirs is not there."""
    proposed = Tag.objects.proposed().filter(tagged__post=post).order_by("tagged__place")
    names = ", ".join(tag.name for tag in proposed)
    return [_("New here: %(names)s. It appears when a moderator approves.") % {"names": names}] if names else []


def who_is_not_told(content: Written, me: Membership | None) -> list[str]:
    """Nobody waits for people of whom only the first hear. In a text of somebody else these are that one's affair."""
    is_own = me is not None and content.author_id == me.user_id
    return names_beyond(content.body, permissions.most_mentions(me)) if is_own else []


def say_what_waits(request: HttpRequest, post: Post) -> None:
    for sentence in what_waits(post):
        messages.info(request, sentence)


def say_who_is_not_told(request: HttpRequest, content: Written, me: Membership | None) -> None:
    for sentence in who_is_not_told(content, me):
        messages.info(request, sentence)
