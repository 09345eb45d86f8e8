"""Taking a file in parts, so that nothing is sent twice when a connection is lost."""

from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from ai_assist import permissions, rules
from ai_assist.models import PartialUpload
from communities.models import Community, Membership


class OutOfStep(Exception):
    """This part does not begin where the last one ended."""


def begin_upload(*, by: User, name: str, size: int, modified: int, community: Community | None) -> PartialUpload:
    """What has come of this file so far, which may be nothing. Of many begun the oldest is forgotten. Idempotent.

    Raises PermissionDenied.
    """
    me = Membership.objects.of(by, community) if community else None
    if not permissions.can_add_document(by, community, me):
        raise PermissionDenied(_("Only members of this community can add documents here."))
    partial, is_new = PartialUpload.objects.get_or_create(
        owner=by, community=community, name=name, size=size, modified=modified
    )
    if is_new:
        begun = PartialUpload.objects.filter(owner=by).order_by("-changed_at", "-pk")
        for old in begun[rules.PARTIALS_MAX :]:
            forget_upload(old)
    return partial


def add_part(partial: PartialUpload, part: UploadedFile, *, offset: int) -> PartialUpload:
    """As it is with this part, which counts once it is written. Locks it. Raises OutOfStep, also when it is gone."""
    with transaction.atomic():
        locked = PartialUpload.objects.select_for_update().filter(pk=partial.pk).first()
        if locked is None or locked.received != offset or offset + (part.size or 0) > locked.size:
            raise OutOfStep
        _write(path_of(locked), part, offset)
        locked.received = offset + (part.size or 0)
        locked.changed_at = timezone.now()
        locked.save(update_fields=["received", "changed_at"])
    return locked


def forget_upload(partial: PartialUpload) -> None:
    """Idempotent."""
    default_storage.delete(partial.key)
    PartialUpload.objects.filter(pk=partial.pk).delete()


def path_of(partial: PartialUpload) -> Path:
    return Path(default_storage.path(partial.key))


def _write(path: Path, part: UploadedFile, offset: int) -> None:
    """What a write that was broken off may have left behind `offset` is written over."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    with path.open("r+b") as file:
        file.seek(offset)
        for chunk in part.chunks():
            file.write(chunk)
        file.truncate()
