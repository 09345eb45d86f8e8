"""Changing a text that stands. The nouns' own edits lock, ask `permissions`, and call this."""

from django.utils import timezone

from accounts.models import User
from communities.actions.telling import tell_mentioned
from communities.history import Words, Written, keep
from communities.models import Comment, Post
from communities.searching.documents import write_document
from communities.writing import mentioned_members, write_body


def rewrite(locked: Written, before: Words, words: Words, *, by: User, note: str) -> None:
    """Makes `locked` say the text of `words` and keeps what it said before. Newly mentioned members are told.

    A change that only mends the last revision leaves no mark on the page.
    """
    post = locked if isinstance(locked, Post) else locked.post
    known = mentioned_members(post.community, before.body)
    mentions = mentioned_members(post.community, words.body)
    if isinstance(locked, Post):
        locked.title = words.title
    write_body(locked, words.body, mentions)
    if keep(locked, before, by=by, note=note):
        locked.edited_at = timezone.now()
    locked.version += 1
    locked.save()
    if not isinstance(locked, Comment):
        write_document(post.pk)
    tell_mentioned(locked, [user for user in mentions if user not in known])
