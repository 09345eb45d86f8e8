"""What a text said before: keeping it, asking for it. The caller holds the lock."""

from dataclasses import dataclass
from hashlib import sha256

from django.utils import timezone

from accounts.models import User
from communities import rules
from communities.differences import changed_characters
from communities.models import Answer, Comment, Content, Post, Redaction, Revision, Suggestion
from communities.models.content import NOT_DELETED
from communities.models.revision import thing_of

Written = Post | Answer | Comment
Text = tuple[str, str]
"""Title ("" where there is none) and body."""


@dataclass(frozen=True)
class Words:
    """What an edit can change. Tags are slugs; what is only proposed is not among them."""

    body: str
    title: str = ""
    tags: tuple[str, ...] = ()

    @property
    def text(self) -> Text:
        return self.title, self.body

    @property
    def fingerprint(self) -> str:
        """A form sends it back, and so says which text it began with."""
        return sha256("\0".join((self.title, self.body, *self.tags)).encode()).hexdigest()[:16]


class Moved(Exception):
    """Somebody saved another text since the form was opened; nothing was changed."""


def words_of(content: Content) -> Words:
    if not isinstance(content, Post):
        return Words(content.body)
    seen = content.tagged.filter(tag__approved_at__isnull=False).order_by("place")
    return Words(content.body, content.title, tuple(seen.values_list("tag__slug", flat=True)))


def first_revision(content: Content, words: Words) -> Revision:
    """Not saved. What the author wrote, as far as anybody knows."""
    return Revision(
        **thing_of(content),
        number=1,
        editor_id=content.author_id,
        title=words.title,
        body=words.body,
        tags=", ".join(words.tags),
        created_at=content.edited_at or content.created_at,
    )


def latest_revision(content: Content) -> Revision:
    """What it says now. What is older than the history begins it here."""
    latest = Revision.objects.of(content).first()
    if latest is None:
        latest = first_revision(content, words_of(content))
        latest.save()
    return latest


def history(content: Content) -> list[Revision]:
    """All revisions, the newest first, without their texts."""
    kept = list(Revision.objects.of(content).select_related("editor").defer("body"))
    if not kept:
        only = first_revision(content, words_of(content))
        only.editor = content.author
        only.size = len(only.body)
        kept = [only]
    return kept


def taken_out(content: Content) -> dict[int, Redaction]:
    """By the numbers of the revisions whose text nobody reads."""
    of_it = {f"revision__{column}": value for column, value in thing_of(content).items()}
    found = Redaction.objects.in_force().filter(**of_it).select_related("by", "revision")
    return {redaction.revision.number: redaction for redaction in found}


def words_at(content: Content, number: int) -> Words:
    """What it said in that revision."""
    kept = Revision.objects.of(content).filter(number=number).first()
    return words_in(kept) if kept else words_of(content)


def words_in(revision: Revision) -> Words:
    return Words(revision.body, revision.title, tuple(revision.tags.split(", ")) if revision.tags else ())


def keep(content: Written, before: Words, *, by: User, note: str = "", is_step: bool = False) -> Revision | None:
    """The present text of `content` becomes a revision after `before`; None when it only mends the last one.

    What an author changes at once and slightly, before anybody replied, is the same revision, unless the change
    `is_step`: a return to an earlier text, a suggestion. Comments may be changed freely for a while.
    """
    words = words_of(content)
    latest = Revision.objects.of(content).first()
    is_own = content.author_id == by.pk and not is_step
    if latest is None:
        if is_own and isinstance(content, Comment) and timezone.now() - content.created_at < rules.COMMENT_FREE:
            return None
        latest = first_revision(content, before)
        latest.save()
    elif is_own and latest.editor_id == by.pk and _only_mends(content, latest, before):
        latest.title, latest.body, latest.tags = words.title, words.body, ", ".join(words.tags)
        latest.note = note or latest.note
        latest.save(update_fields=["title", "body", "tags", "note"])
        return None
    return Revision.objects.create(
        **thing_of(content),
        number=latest.number + 1,
        editor=by,
        title=words.title,
        body=words.body,
        tags=", ".join(words.tags),
        note=note,
    )


def is_minor(before: Words, after: Words) -> bool:
    """So slight that nobody needs to look again."""
    changed = changed_characters(before.title, after.title) + changed_characters(before.body, after.body)
    return changed < rules.MINOR_CHARACTERS and before.tags == after.tags


def _only_mends(content: Written, latest: Revision, before: Words) -> bool:
    return (
        timezone.now() - latest.created_at < rules.GRACE
        and is_minor(before, words_of(content))
        and not _has_reply(content)
    )


def _has_reply(content: Written) -> bool:
    """Or a suggestion, which begins with this very revision, or somebody who stands behind it."""
    if isinstance(content, Comment):
        return False
    if isinstance(content, Answer) and (content.accepted_at or content.endorsed_at):
        return True
    if Suggestion.objects.waiting().filter(post=thing_of(content)["post_id"]).exists():
        return True
    if isinstance(content, Post) and content.answers.filter(NOT_DELETED).exists():
        return True
    return content.comments.filter(NOT_DELETED).exists()
