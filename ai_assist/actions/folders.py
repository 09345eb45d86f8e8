"""Folders: making them, giving them another name, taking them away."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ai_assist import permissions, rules
from ai_assist.models import Folder
from communities.models import Community, Membership


class FolderRefused(ValueError):
    """The message is a sentence for the person."""


def make_folder(*, by: User, name: str, community: Community | None = None) -> Folder:
    """Raises PermissionDenied, FolderRefused."""
    me = Membership.objects.of(by, community) if community else None
    if not permissions.can_add_document(by, community, me):
        raise PermissionDenied(_("Only members of this community can add documents here."))
    there = Folder.objects.filter(community=community)
    if (there if community else there.filter(owner=by)).count() >= rules.FOLDERS_MAX:
        raise FolderRefused(_("There are %(most)s folders already. Delete one first.") % {"most": rules.FOLDERS_MAX})
    return _saved(Folder(owner=by, community=community, name=name))


def rename_folder(folder: Folder, *, by: User, name: str) -> None:
    """Raises PermissionDenied, FolderRefused."""
    _ask(folder, by)
    folder.name = name
    _saved(folder)


def delete_folder(folder: Folder, *, by: User) -> None:
    """What is in it stays in the library. Idempotent. Raises PermissionDenied."""
    _ask(folder, by)
    folder.delete()


def _ask(folder: Folder, by: User) -> None:
    me = Membership.objects.of(by, folder.community) if folder.community else None
    if not permissions.can_change_folder(by, folder.owner_id, folder.community, me):
        raise PermissionDenied(_("Only who made a folder and moderators can change it."))


def _saved(folder: Folder) -> Folder:
    try:
        with transaction.atomic():
            folder.save()
    except IntegrityError as twin:
        raise FolderRefused(_("There is a folder of this name already.")) from twin
    return folder
