"""How the work on a document ends, well or not: once, and its owner hears of it once."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.languages import Said
from ai_assist.actions.replacing import take_place
from ai_assist.models import Document, State
from ai_assist.signals import document_indexed
from notifications.actions import notify
from notifications.models import Kind

SENTENCES = {
    State.READY: _("“%(title)s” can be asked now"),
    State.NEEDS_PASSWORD: _("“%(title)s” needs its password before it can be read"),
    State.EMPTY: _("No text was found in “%(title)s”"),
}


def end(document: Document, state: State, code: str = "") -> None:
    """Called with its row locked, and that of the one that it is to replace. Announces `document_indexed` when it is
    ready."""
    now = timezone.now()
    document.state, document.error_code = state, code
    document.heartbeat_at = document.retry_at = None
    document.changed_at = now
    if state == State.READY:
        document.ready_at = now
    document.save(update_fields=["state", "error_code", "heartbeat_at", "retry_at", "changed_at", "ready_at"])
    if state == State.READY:
        take_place(document)
    sentence = SENTENCES.get(state, _("“%(title)s” could not be read"))
    title = Said(sentence, {"title": document.title})
    notify(document.owner, Kind.DOCUMENT, title=title, url=document.get_absolute_url())
    if state == State.READY:
        document_indexed.send(Document, document=document)


def end_held(lease_number: int, pk: int, state: State, code: str = "") -> bool:
    """Ends it if the lease still holds."""
    with transaction.atomic():
        locked = Document.objects.select_for_update(of=("self",), no_key=True).select_related("owner", "community")
        rows = {row.pk: row for row in locked.filter(Q(pk=pk) | Q(replacement=pk)).order_by("pk")}
        document = rows.get(pk)
        if document is None or document.lease != lease_number:
            return False
        document.replaces = rows.get(document.replaces_id or 0)
        end(document, state, code)
    return True
