"""A newer file in the place of an older one."""

from uuid import uuid4

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ai_assist.actions.keeping import begin_to_delete, delete_document_of, lock_to_change
from ai_assist.actions.uploading import Overtaken, add_document
from ai_assist.models import Audience, Conversation, Document, State
from ai_assist.tasks import rescope_document, retitle_document
from outbox import enqueue


class NotReplaced(ValueError):
    """The message is a sentence for the person."""


def replace_document(document: Document, file: File, *, by: User, name: str) -> Document:
    """The new file is read; until it is ready the old one stays, and for good when it cannot be read.

    A file that was on its way to the same place is forgotten. Raises PermissionDenied, NotReplaced, UsedUp.
    """
    with transaction.atomic():
        lock_to_change(document, by)
        waiting = Document.objects.filter(replaces=document).first()
        if waiting is not None:
            delete_document_of(waiting, by=by)
    try:
        new, is_new = add_document(
            file,
            by=by,
            name=name,
            community=document.community,
            folder=document.folder,
            audience=Audience(document.audience),
            replaces=document,
        )
    except Overtaken:
        raise NotReplaced(_("Another file was faster, or this document is gone. Look, then try again.")) from None
    if not is_new:
        said = _("This is the same file.") if new == document else _("This file is here already, as “%(title)s”.")
        raise NotReplaced(said % {"title": new.title})
    return new


def take_place(document: Document) -> None:
    """The document has become ready: it is from now on the one that it replaces, by address, title, folder, readers and
    in conversations; the old one is deleted.

    Called with the rows of both locked.
    """
    old = document.replaces
    if old is None:
        return
    if old.state != State.DELETING:
        document.uuid, old.uuid = old.uuid, uuid4()
        old.save(update_fields=["uuid"])
        document.title, document.folder_id, document.audience = old.title, old.folder_id, old.audience
        _move_conversations(old, document)
        begin_to_delete(old)
        enqueue(rescope_document, document.pk)
        enqueue(retitle_document, document.pk)
    document.replaces = None
    document.save(update_fields=["uuid", "title", "folder", "audience", "replaces"])


def _move_conversations(old: Document, new: Document) -> None:
    named = Conversation.documents.through.objects
    asked_both = named.filter(document=new).values("conversation")
    named.filter(document=old).exclude(conversation__in=asked_both).update(document=new)
