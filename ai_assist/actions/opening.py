"""Giving a document its password."""

from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ai_assist import parsing, sayings
from ai_assist.actions.keeping import lock_to_change, queue_again
from ai_assist.actions.uploading import keep_file
from ai_assist.models import Document, State


class NotOpened(ValueError):
    """The message is a sentence for the person."""


def open_document(document: Document, *, by: User, password: str) -> None:
    """What opens with the password is kept instead of the file, without it, and read. The password is kept nowhere.

    Nothing happens to a document that asks for none. Raises PermissionDenied, NotOpened. Locks the document.
    """
    if document.state != State.NEEDS_PASSWORD:
        return
    try:
        content = parsing.opened(Path(document.file.path), document.filename, password)
    except parsing.Unreadable as unreadable:
        wrong = unreadable.code == "needs_password"
        raise NotOpened(_("This is not its password.") if wrong else sayings.trouble(unreadable.code)) from unreadable
    storage, closed = document.file.storage, str(document.file.name)
    stored = keep_file(ContentFile(content))
    try:
        with transaction.atomic():
            locked = lock_to_change(document, by)
            if locked.state != State.NEEDS_PASSWORD:
                raise NotOpened(_("It has been opened meanwhile."))
            locked.file.name = stored
            queue_again(locked)
            transaction.on_commit(lambda: storage.delete(closed), robust=True)
    except (PermissionDenied, NotOpened):
        storage.delete(stored)
        raise
