"""Which documents a conversation asks, and what to call them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ai_assist.models import Conversation, Document, Folder, Reach
from ai_assist.models.document import DocumentQuerySet
from communities.models import Community


@dataclass(frozen=True)
class Chosen:
    """What somebody is about to ask; nothing of it means all their own documents."""

    documents: Sequence[Document] = ()
    folder: Folder | None = None
    community: Community | None = None

    @property
    def reach(self) -> Reach:
        if self.documents:
            return Reach.DOCUMENTS
        if self.folder:
            return Reach.FOLDER
        return Reach.COMMUNITY if self.community else Reach.OWN

    @property
    def name(self) -> str:
        return _name(self.reach, [document.title for document in self.documents], self.folder, self.community)


def chosen_of(conversation: Conversation) -> Chosen:
    documents = list(conversation.documents.all()) if conversation.reach == Reach.DOCUMENTS else []
    return Chosen(documents, conversation.folder, conversation.community)


def documents_of(conversation: Conversation) -> DocumentQuerySet:
    """All that it asks, whoever may read them."""
    if conversation.reach == Reach.DOCUMENTS:
        return Document.objects.filter(pk__in=conversation.documents.values("pk"))
    if conversation.reach == Reach.FOLDER:
        return Document.objects.filter(folder__isnull=False, folder=conversation.folder_id)
    if conversation.reach == Reach.COMMUNITY:
        return Document.objects.filter(community=conversation.community_id)
    return Document.objects.filter(owner=conversation.owner_id)


def name_of(conversation: Conversation, titles: Sequence[str]) -> str:
    """In words; `titles` are those of its chosen documents that may be read today."""
    return _name(Reach(conversation.reach), titles, conversation.folder, conversation.community)


def _name(reach: Reach, titles: Sequence[str], folder: Folder | None, community: Community | None) -> str:
    if reach == Reach.OWN:
        return _("All your documents")
    if reach == Reach.COMMUNITY and community:
        return _("The library of %(name)s") % {"name": community.name}
    if reach == Reach.FOLDER:
        return _("The folder “%(name)s”") % {"name": folder.name} if folder else _("A folder that is gone")
    if len(titles) > 1:
        return _("%(first)s and %(more)s more") % {"first": titles[0], "more": len(titles) - 1}
    return titles[0] if titles else _("Documents that are gone")
