"""Fetching what the person may see: anything else is 404, as if it were not there."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.requests import MemberRequest
from ai_assist import permissions, rules
from ai_assist.library import Library, with_surroundings
from ai_assist.models import Document, Folder
from communities.models import Membership
from communities.reading import membership
from communities.views.access import seen_community
from net.limits import spend


def seen_library(request: HttpRequest, slug: str | None) -> Library:
    """Without `slug` one's own."""
    if slug is None:
        return Library(request.user)
    community, me = seen_community(request, slug.replace("\0", ""))
    return Library(request.user, community, me)


def seen_document(request: HttpRequest, uuid: UUID) -> tuple[Document, Membership | None]:
    documents = with_surroundings(Document.objects.visible_to(request.user))
    document = get_object_or_404(documents, uuid=uuid)
    return document, membership(request.user, document.community_id) if document.community_id else None


def changeable_document(request: MemberRequest, uuid: UUID) -> tuple[Document, Membership | None]:
    """Raises PermissionDenied for one that the person only reads."""
    document, me = seen_document(request, uuid)
    if not permissions.can_change_document(request.user, document, me):
        raise PermissionDenied(_("Only who added a document can change it."))
    return document, me


def library_of(request: HttpRequest, document: Document, me: Membership | None) -> Library:
    return Library(request.user, document.community, me)


def seen_folder(request: MemberRequest, pk: int) -> Folder:
    return get_object_or_404(Folder.objects.visible_to(request.user).select_related("community"), pk=pk)


def changeable_folder(request: MemberRequest, pk: int) -> tuple[Folder, Library]:
    """Raises PermissionDenied for one that the person only sees."""
    folder = seen_folder(request, pk)
    me = membership(request.user, folder.community_id) if folder.community_id else None
    if not permissions.can_change_folder(request.user, folder.owner_id, folder.community, me):
        raise PermissionDenied(_("Only who made a folder and moderators can change it."))
    return folder, Library(request.user, folder.community, me)


def count_against_limit(request: MemberRequest, verb: str) -> None:
    """Raises TooOften, which the middleware answers with 429."""
    spend(verb, request.user.pk, rules.RATES[verb])
