"""Keeping posts and answers for oneself: nobody else ever learns of it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.languages import Said
from accounts.models import User
from communities import rules
from communities.actions.locking import lock_content, lock_readers
from communities.models import Answer, Bookmark, Post
from notifications.actions import notify
from notifications.models import Kind


def bookmark(content: Post | Answer, *, by: User) -> Bookmark:
    """Keeps it. Idempotent; one that was removed comes back as it was."""
    post, answer = (content.post, content) if isinstance(content, Answer) else (content, None)
    kept, _created = Bookmark.objects.get_or_create(owner=by, post=post, answer=answer)
    return restore_bookmark(kept)


def describe_bookmark(kept: Bookmark, *, collection: str, note: str, remind_on: date | None) -> Bookmark:
    """Puts it into a collection, with a note and a day; a new day reminds anew. "" is no collection.

    A collection is there as long as something is in it; the first spelling of its name counts.
    """
    with transaction.atomic():
        locked = Bookmark.objects.select_for_update(no_key=True, of=("self",)).get(pk=kept.pk)
        mine = Bookmark.objects.of(locked.owner).filter(collection__iexact=collection).exclude(pk=locked.pk)
        locked.collection = mine.order_by("pk").values_list("collection", flat=True).first() or collection
        locked.note = note
        if locked.remind_on != remind_on:
            locked.remind_on, locked.reminded_at = remind_on, None
        locked.save()
    return locked


def rename_collection(name: str, *, by: User, to: str) -> None:
    """All bookmarks of one collection go to another name; one that exists takes them in."""
    Bookmark.objects.filter(owner=by, collection=name).update(collection=to)


def remove_bookmark(kept: Bookmark) -> None:
    """Idempotent. It can be brought back for a while."""
    Bookmark.objects.filter(pk=kept.pk, removed_at=None).update(removed_at=timezone.now())


def restore_bookmark(kept: Bookmark) -> Bookmark:
    """Idempotent."""
    Bookmark.objects.filter(pk=kept.pk).exclude(removed_at=None).update(removed_at=None)
    kept.removed_at = None
    return kept


def forget_removed_bookmarks() -> None:
    """What was removed long ago, notes included."""
    Bookmark.objects.filter(removed_at__lt=timezone.now() - timedelta(days=rules.REMOVED_BOOKMARK_DAYS)).delete()


def remind(pk: int) -> None:
    """Reminds the owner, once. Of what they may no longer see nothing is said.

    Locks the text first: a deletion comes before it, and nothing is said, or after it, and takes back what was said.
    The same holds for leaving.
    """
    with transaction.atomic():
        waiting = Bookmark.objects.filter(pk=pk, reminded_at=None, removed_at=None).select_related("post", "answer")
        if (found := waiting.first()) is None:
            return
        lock_content(found.content)
        kept = waiting.select_for_update(no_key=True, of=("self",), skip_locked=True).select_related("owner").first()
        if kept is None:
            return
        kept.reminded_at = timezone.now()
        kept.save(update_fields=["reminded_at"])
        if kept.answer_id:
            answer = Answer.objects.visible_to(kept.owner).select_related("post__community").filter(pk=kept.answer_id)
            content: Post | Answer | None = answer.first()
        else:
            content = Post.objects.visible_to(kept.owner).select_related("community").filter(pk=kept.post_id).first()
        if content is not None and kept.owner_id in lock_readers(content.post.community_id, [kept.owner_id]):
            url = content.permanent_url
            title = Said(_("You wanted to come back to “%(title)s”"), {"title": kept.post.title})
            notify(kept.owner, Kind.REMINDER, title=title, url=url)
