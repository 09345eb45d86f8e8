"""What becomes of a document in its library: another name, place or audience, another try, the end."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from ai_assist import allowances, permissions
from ai_assist.models import Audience, Document, Folder, State
from ai_assist.models.document import DocumentQuerySet
from ai_assist.tasks import delete_document, index_document, rescope_document, retitle_document
from communities.models import Membership
from outbox import enqueue


def rename_document(document: Document, *, by: User, title: str) -> None:
    """A worker tells the index, so that it is found by its new title. Locks the document."""
    with transaction.atomic():
        locked = lock_to_change(document, by)
        locked.title = title
        locked.save(update_fields=["title"])
        enqueue(retitle_document, locked.pk)


def move_document(document: Document, *, by: User, folder: Folder | None) -> None:
    """To a folder of the same library, or out of all. Locks the document."""
    with transaction.atomic():
        locked = lock_to_change(document, by)
        locked.folder = folder
        locked.save(update_fields=["folder"])


def share_document(document: Document, *, by: User, audience: Audience) -> None:
    """Who may not read it any more finds nothing in it from now on. Locks the document."""
    with transaction.atomic():
        locked = lock_to_change(document, by)
        locked.audience = audience
        locked.save(update_fields=["audience"])
        enqueue(rescope_document, locked.pk)


def retry_document(document: Document, *, by: User) -> None:
    """Reads it again from where it failed. Nothing happens to one that did not fail. Locks the document."""
    with transaction.atomic():
        locked = lock_to_change(document, by)
        unread = locked.state == State.READY and locked.page_set.filter(needs_ocr=True).exists()
        if locked.state not in (State.FAILED, State.EMPTY) and not unread:
            return
        queue_again(locked)


def delete_document_of(document: Document, *, by: User) -> None:
    """It is gone for everybody at once, and so is the file that was to take its place; a worker takes the file and all
    that was made of it. Idempotent. Locks them.

    Raises PermissionDenied.
    """
    with transaction.atomic():
        locked = _locked(document)
        if locked is None or locked.state == State.DELETING:
            return
        if not permissions.can_delete_document(by, locked, _membership(locked, by)):
            raise PermissionDenied(_("Only who added a document and moderators can delete it."))
        for waiting in _rows().filter(replaces=locked):
            begin_to_delete(waiting)
        begin_to_delete(locked)


def begin_to_delete(document: Document) -> None:
    """Called with its row locked."""
    document.state = State.DELETING
    document.replaces = None
    document.lease += 1
    document.attempts = 0
    document.heartbeat_at = document.retry_at = None
    document.changed_at = timezone.now()
    document.save(update_fields=["state", "replaces", "lease", "attempts", "heartbeat_at", "retry_at", "changed_at"])
    allowances.give_back(document.owner, document.community, bytes=document.bytes, documents=1)
    enqueue(delete_document, document.pk)


def queue_again(document: Document) -> None:
    """From where it failed. Called with its row locked."""
    document.state, document.error_code = State.RECEIVED, ""
    document.attempts = document.done = document.total = 0
    document.lease += 1
    document.heartbeat_at = document.retry_at = None
    document.changed_at = timezone.now()
    document.save()
    enqueue(index_document, document.pk)


def lock_to_change(document: Document, by: User) -> Document:
    """As it is now, locked until the transaction ends. Raises PermissionDenied."""
    locked = _locked(document)
    if locked is None or not permissions.can_change_document(by, locked, _membership(locked, by)):
        raise PermissionDenied(_("Only who added a document can change it."))
    return locked


def _locked(document: Document) -> Document | None:
    return _rows().filter(pk=document.pk).first()


def _rows() -> DocumentQuerySet:
    return Document.objects.select_for_update(of=("self",), no_key=True).select_related("owner", "community")


def _membership(document: Document, by: User) -> Membership | None:
    return Membership.objects.of(by, document.community) if document.community else None
