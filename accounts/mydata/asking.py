"""Asking for an archive, and taking old ones away."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Export, User
from accounts.tasks import make_export
from outbox import enqueue


class TooSoon(Exception):
    """They asked for one less than a week ago. `again_at`: from when on they may."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__(f"again at {again_at}")
        self.again_at = again_at


def ask_for_export(*, by: User) -> Export:
    """A worker makes the archive of this member. One that failed makes room for another at once; asked twice at the
    same moment it is one. Raises TooSoon.
    """
    try:
        with transaction.atomic():
            return _begun(by)
    except IntegrityError:  # the same click twice
        return Export.objects.get(member=by, ready_at=None, failed_at=None)


def _begun(member: User) -> Export:
    mine = Export.objects.select_for_update().filter(member=member)
    mine.exclude(failed_at=None).delete()
    if export := mine.filter(ready_at=None).first():
        return export
    latest = mine.order_by("-created_at").first()
    if latest is not None and latest.again_at > timezone.now():
        raise TooSoon(latest.again_at)
    export = Export.objects.create(member=member)
    enqueue(make_export, export.pk)
    return export


def forget_export(export: Export) -> None:
    """The file, then its row: what is interrupted is found again."""
    if export.file:
        export.file.storage.delete(str(export.file.name))
    export.delete()


def forget_old_exports() -> None:
    for export in Export.objects.forgotten():
        forget_export(export)
