"""Taking texts away for good: what its author deleted, and what nobody may keep.

That is spam, what breaks the law and what gives away personal data; what moderators delete otherwise stays deleted.
"""

from django.db import transaction
from django.utils import timezone

from communities import rules
from communities.actions.locking import lock_content
from communities.actions.picturing import remove_unnamed_pictures
from communities.history import Written, latest_revision
from communities.models import Answer, Comment, Draft, DraftKind, Post, Redaction, Revision, Suggestion
from communities.models.content import TO_PURGE
from communities.models.revision import thing_of
from communities.models.suggestion import SuggestionQuerySet
from communities.writing import pictures_named
from notifications.actions import withdraw

WRITTEN_BELOW = (DraftKind.ANSWER, DraftKind.COMMENT_ON_POST, DraftKind.COMMENT_ON_ANSWER)


def purge_deleted() -> None:
    """All that was deleted so and long enough ago, each in a transaction of its own."""
    until = timezone.now() - rules.PURGED_AFTER
    for model in (Post, Answer, Comment):
        for content in model._base_manager.filter(TO_PURGE, deleted_at__lte=until).iterator():
            purge(content)


def purge(content: Written, *, at_once: bool = False) -> None:
    """Takes title, text and pictures for good, also out of its history, suggested edits, drafts of edits and inboxes.

    Idempotent; nothing happens to what was brought back meanwhile, or still may be, unless it is to go `at_once`. That
    there was something stays, and so does all that others wrote below it. Locks the text.
    """
    with transaction.atomic():
        locked = lock_content(content)
        if locked.purged_from is None or (locked.purged_from > timezone.now() and not at_once):
            return
        latest_revision(locked)  # where there is a history, no import brings one
        revisions = Revision.objects.of(locked)
        suggestions = _suggestions_for(locked)
        texts = [locked.body, *revisions.values_list("body", flat=True), *suggestions.values_list("body", flat=True)]
        _empty(locked)
        Redaction.objects.filter(revision__in=revisions.values("pk")).update(sealed=None)
        revisions.update(title="", body="", tags="", note="")
        Draft.objects.filter(**thing_of(locked)).exclude(kind__in=WRITTEN_BELOW).delete()
        suggestions.waiting().delete()
        suggestions.update(title="", body="", tags="", note="")
        withdraw(url=locked.permanent_url)
        remove_unnamed_pictures(pictures_named(texts, locked))


def _empty(content: Written) -> None:
    content.body = content.html = ""
    emptied = ["body", "html"]
    if isinstance(content, Post):
        content.title = ""
        emptied.append("title")
    content.purged_at = timezone.now()
    content.version += 1
    content.save(update_fields=[*emptied, "purged_at", "version"])


def _suggestions_for(content: Written) -> SuggestionQuerySet:
    if isinstance(content, Comment):
        return Suggestion.objects.none()
    return Suggestion.objects.filter(post=content.post, answer=content if isinstance(content, Answer) else None)
