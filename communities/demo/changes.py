"""What texts of the demo said before, and what somebody suggests they should say."""

from dataclasses import replace
from datetime import datetime

from accounts.models import User
from communities.demo.chance import fraction, moment_after
from communities.demo.threads import Change
from communities.history import Words, latest_revision, words_of
from communities.models import Answer, Post, Revision, Suggestion
from communities.models.revision import thing_of


def add_changes(
    content: Post | Answer, changes: list[Change], people: dict[str, User], key: str, now: datetime
) -> None:
    """Earlier texts in their order, the present one after them; then what waits for a verdict."""
    words, at = words_of(content), content.created_at
    note = ""
    earlier = [change for change in changes if not change.by]
    for number, change in enumerate(earlier, 1):
        _revision(content, number, replace(words, body=change.body), note, at)
        note, at = change.note, moment_after(at, 2 + 40 * fraction(key, "edited", number), key, number, now=now)
    if earlier:
        _revision(content, len(earlier) + 1, words, note, at)
        content.edited_at = at
        content.save(update_fields=["edited_at"])
    for change in changes:
        if change.by:
            _suggestion(content, change, people[change.by], moment_after(at, 30, key, change.by, now=now))


def _revision(content: Post | Answer, number: int, words: Words, note: str, at: datetime) -> None:
    Revision.objects.create(
        **thing_of(content),
        number=number,
        editor=content.author,
        title=words.title,
        body=words.body,
        tags=", ".join(words.tags),
        note=note,
        created_at=at,
    )


def _suggestion(content: Post | Answer, change: Change, author: User, at: datetime) -> None:
    Suggestion.objects.create(
        post=content.post,
        answer=content if isinstance(content, Answer) else None,
        base=latest_revision(content),
        author=author,
        title=words_of(content).title,
        tags=", ".join(words_of(content).tags),
        body=change.body,
        note=change.note,
        created_at=at,
    )
