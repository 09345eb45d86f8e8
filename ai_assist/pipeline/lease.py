"""Who works on a document: one worker at a time, which says every few seconds that it still does."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Thread
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from ai_assist import rules
from ai_assist.models import Document, State
from ai_assist.models.document import DocumentQuerySet
from ai_assist.pipeline.ending import end


class Lost(Exception):
    """Somebody else has the document now, another worker or who deletes it: nothing of this work counts any more."""


@dataclass
class Lease:
    """The right to write to a document, until somebody else takes it."""

    document: Document

    def write(self, **fields: Any) -> None:
        """Raises Lost when the right is gone."""
        now = timezone.now()
        if not self._mine().update(**fields, heartbeat_at=now, changed_at=now):
            raise Lost
        for name, value in fields.items():
            setattr(self.document, name, value)

    def beat(self) -> bool:
        return bool(self._mine().update(heartbeat_at=timezone.now()))

    def hand_over(self, state: State) -> None:
        """To whoever takes what is in this state; the count of attempts begins anew."""
        fields = {"state": state, "attempts": 0, "done": 0, "heartbeat_at": None, "changed_at": timezone.now()}
        if not self._mine().update(lease=F("lease") + 1, **fields):
            raise Lost

    def give_back(self, after: timedelta) -> None:
        """Something outside is away, which is nobody's fault: to be tried again later, as if never taken."""
        attempts = self.document.attempts - 1
        self._mine().update(
            attempts=attempts, heartbeat_at=None, changed_at=timezone.now(), retry_at=timezone.now() + after
        )

    def _mine(self) -> DocumentQuerySet:
        return Document.objects.filter(pk=self.document.pk, lease=self.document.lease)


def take(pk: int, states: Iterable[State]) -> Lease | None:
    """The document, if it is in one of these states and nobody works on it. The fourth attempt fails it; deleting is
    tried without end."""
    with transaction.atomic():
        free = Document.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
        document = free.filter(pk=pk, state__in=list(states)).select_related("owner").first()
        if document is None or _is_held(document):
            return None
        if document.attempts >= rules.ATTEMPTS and document.state != State.DELETING:
            end(document, State.FAILED, "gave_up")
            return None
        document.attempts += 1
        document.lease += 1
        document.heartbeat_at = document.changed_at = timezone.now()
        document.retry_at = None
        document.save(update_fields=["attempts", "lease", "heartbeat_at", "changed_at", "retry_at"])
    return Lease(document)


@contextmanager
def beating(lease: Lease) -> Iterator[None]:
    """Meanwhile a thread says every few seconds that the work goes on."""
    done = Event()

    def beat() -> None:
        while not done.wait(rules.HEARTBEAT.total_seconds()):
            try:
                if not lease.beat():
                    break
            except (
                OperationalError,
                InterfaceError,
            ):  # the database begins anew, which takes less than we may be silent
                connection.close()
        connection.close()

    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _is_held(document: Document) -> bool:
    heard = document.heartbeat_at
    return heard is not None and timezone.now() - heard < rules.SILENT_FOR
