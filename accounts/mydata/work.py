"""Making an archive: one worker at a time, which says how far it is; one that was killed is followed by another."""

import logging
import time
from dataclasses import dataclass
from secrets import token_hex
from tempfile import TemporaryFile

from django.conf import settings
from django.core.files import File
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Export
from accounts.mydata.archive import count, write_archive

logger = logging.getLogger(__name__)

ATTEMPTS = 3
TOLD_EVERY = 1.0  # seconds


class Lost(Exception):
    """Another worker has it now, or nobody wants it any more."""


@dataclass
class Progress:
    """Counts rows, and writes down how many once a second."""

    export: Export
    done: int = 0
    told_at: float = 0.0

    def tell(self) -> None:
        """Raises Lost."""
        self.done += 1
        if time.monotonic() - self.told_at >= TOLD_EVERY:
            write(self.export, done=self.done, heartbeat_at=timezone.now())
            self.told_at = time.monotonic()


def write(export: Export, **fields: object) -> None:
    """Only who took it last may. Raises Lost."""
    if not Export.objects.filter(pk=export.pk, attempts=export.attempts, ready_at=None).update(**fields):
        raise Lost


def make_export(pk: int) -> None:
    """Afterwards the archive is there and its member has a mail. Idempotent; the fourth attempt fails it."""
    export = _take(pk)
    if export is None:
        return
    try:
        write(export, total=count(export.member), done=0)
        with TemporaryFile() as file:
            write_archive(file, export.member, Progress(export).tell)
            _keep(export, File(file))
    except Lost:
        logger.info("export %s is in other hands", pk)


def _take(pk: int) -> Export | None:
    now = timezone.now()
    with transaction.atomic():
        free = Q(heartbeat_at=None) | Q(heartbeat_at__lt=now - Export.SILENT_FOR)
        unfinished = Export.objects.select_for_update(skip_locked=True, of=("self",)).select_related("member")
        export = unfinished.filter(free, pk=pk, ready_at=None, failed_at=None).first()
        if export is None:
            return None
        if export.attempts == ATTEMPTS:
            export.failed_at = now
        else:
            export.attempts += 1
            export.heartbeat_at = now
        export.save(update_fields=["attempts", "heartbeat_at", "failed_at"])
    return None if export.failed_at else export


def _keep(export: Export, file: File) -> None:
    export.file.save(f"{token_hex(16)}.zip", file, save=False)
    try:
        with transaction.atomic():
            write(export, file=export.file.name, bytes=file.size, ready_at=timezone.now())
            _send_word(export)
    except Lost:
        export.file.storage.delete(str(export.file.name))
        raise


def _send_word(export: Export) -> None:
    to = export.member.email
    if not to:
        return
    context = {"member": export.member, "url": settings.SITE_URL + reverse("accounts:mydata"), "days": Export.KEPT.days}
    text = render_to_string("accounts/email/export_ready.txt", context)
    EmailMessage(_("Your data is ready"), text, to=[to]).send()
