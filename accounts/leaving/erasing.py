"""Erasing the account of somebody who left two weeks ago. A worker that was killed is followed by another, which goes
through all steps again: each does nothing where it was done."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.leaving.steps import all_steps
from accounts.models import Leaving


def erase_member(pk: int) -> None:
    """Afterwards nothing of the person is left but an empty row. Idempotent; nothing happens to who stayed."""
    leaving = _take(pk)
    if leaving is None:
        return
    for step in all_steps():
        step(leaving.member, leaving)
    Leaving.objects.filter(pk=pk).update(done_at=timezone.now())


def _take(pk: int) -> Leaving | None:
    now = timezone.now()
    with transaction.atomic():
        free = Q(taken_at=None) | Q(taken_at__lt=now - Leaving.SILENT_FOR)
        due = Leaving.objects.select_for_update(of=("self",), skip_locked=True).select_related("member")
        leaving = due.filter(free, pk=pk, due_at__lte=now, done_at=None).first()
        if leaving is not None:
            leaving.taken_at = now
            leaving.save(update_fields=["taken_at"])
    return leaving
