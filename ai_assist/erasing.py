"""What this floor erases of somebody who left: their library and conversations. What they gave to a community stays or
goes with what they wrote."""

from django.db import transaction
from django.db.models import Q

from accounts.leaving.steps import erase_by
from accounts.models import Leaving, User
from ai_assist.actions.keeping import begin_to_delete
from ai_assist.actions.parts import forget_upload
from ai_assist.models import Audience, Conversation, Document, Folder, Message, PartialUpload, State, Usage


def register() -> None:
    erase_by(_erase, Document, Folder, Conversation, Message, PartialUpload, Usage)


def _erase(member: User, leaving: Leaving) -> None:
    Conversation.objects.filter(owner=member).delete()
    for partial in PartialUpload.objects.filter(owner=member):
        forget_upload(partial)
    theirs = Document.objects.filter(owner=member).exclude(state=State.DELETING)
    if leaving.texts == Leaving.Texts.KEEP:
        theirs = theirs.filter(Q(community=None) | Q(audience=Audience.PRIVATE))
    for pk in theirs.order_by("pk").values_list("pk", flat=True):
        _delete(pk)
    Folder.objects.filter(owner=member, community=None).delete()
    Usage.objects.filter(member=member).delete()


def _delete(pk: int) -> None:
    """A worker takes the file and all that was made of it."""
    with transaction.atomic():
        rows = Document.objects.select_for_update(of=("self",), no_key=True).select_related("owner", "community")
        document = rows.filter(pk=pk).exclude(state=State.DELETING).first()
        if document is not None:
            begin_to_delete(document)
