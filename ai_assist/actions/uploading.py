"""Taking a file into a library."""

import hashlib
from pathlib import PurePosixPath
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ai_assist import allowances, permissions, rules
from ai_assist.models import Audience, Document, Folder, State
from ai_assist.tasks import index_document
from communities.models import Community, Language, Membership
from outbox import enqueue


class Overtaken(Exception):
    """Another file is on its way to the same place, or the place is gone."""


def add_document(
    file: File,
    *,
    by: User,
    name: str,
    community: Community | None = None,
    folder: Folder | None = None,
    audience: Audience = Audience.PRIVATE,
    replaces: Document | None = None,
) -> tuple[Document, bool]:
    """A document that a worker will read, and whether it is new: the same bytes in a library are the same document.

    What is counted against the allowances is counted with it or not at all. Raises PermissionDenied, UsedUp, and where
    it `replaces` one Overtaken; a full disk keeps no part of the file.
    """
    me = Membership.objects.of(by, community) if community else None
    if not permissions.can_add_document(by, community, me):
        raise PermissionDenied(_("Only members of this community can add documents here."))
    digest = _digest(file)
    standing = Document.objects.filter(owner=by, community=community, sha256=digest).exclude(state=State.DELETING)
    if twin := standing.first():
        return twin, False
    document = Document(
        owner=by,
        community=community,
        folder=folder,
        audience=audience,
        replaces=replaces,
        title=title_of(name),
        filename=name[-rules.NAME_MAX :],
        format=PurePosixPath(name.lower()).suffix.lstrip(".")[:20],
        language=community.language if community else Language.ENGLISH,
        bytes=file.size,
        sha256=digest,
    )
    storage, stored = document.file.storage, keep_file(file)
    document.file.name = stored
    try:
        with transaction.atomic():
            allowances.spend(by, community, uploads=1, documents=1, bytes=file.size)
            if folder is not None:  # what was in one that is deleted stays in the library
                document.folder = Folder.objects.select_for_update(no_key=True).filter(pk=folder.pk).first()
            document.save()
            enqueue(index_document, document.pk)
    except IntegrityError as error:  # the same file twice at once, or two for one place
        storage.delete(stored)
        if twin := standing.first():
            return twin, False
        raise Overtaken from error
    except BaseException:
        storage.delete(stored)
        raise
    return document, True


def keep_file(file: File) -> str:
    """Where it is kept from now on: nothing of its name is in that. What finds no room leaves nothing behind."""
    key = f"documents/{uuid4().hex}"
    try:
        return default_storage.save(key, file)
    except OSError:
        default_storage.delete(key)
        raise


def title_of(name: str) -> str:
    """The name of a file as people would say it."""
    stem = PurePosixPath(name).stem.replace("_", " ").strip()
    return (stem or name)[: rules.TITLE_MAX]


def _digest(file: File) -> str:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest
