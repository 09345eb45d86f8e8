"""What somebody chose to ask: anything that they may not read is 404, as if it were not there."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from ai_assist import permissions, rules
from ai_assist.forms.conversations import uuids
from ai_assist.models import Document, Folder
from ai_assist.reach import Chosen
from communities.models import Community, Membership


def address_of_choice(request: HttpRequest) -> dict[str, str]:
    """`?document=…&document=…`, `?folder=…` or `?community=…` as the fields of the form."""
    given = request.GET
    return {
        "document": ",".join(given.getlist("document")),
        "folder": given.get("folder", ""),
        "community": given.get("community", ""),
    }


def seen_choice(fields: Mapping[str, str], user: User) -> Chosen:
    """Raises PermissionDenied for the library of a community that one only sees."""
    if fields.get("document"):
        return Chosen(documents=_documents(fields["document"], user))
    if folder := fields.get("folder"):
        if not (folder.isascii() and folder.isdigit() and len(folder) <= rules.CURSOR_DIGITS):
            raise Http404
        return Chosen(folder=get_object_or_404(Folder.objects.visible_to(user), pk=int(folder)))
    if slug := fields.get("community"):
        community = get_object_or_404(Community.objects.visible_to(user), slug=slug.replace("\0", ""))
        if not permissions.can_ask_library(Membership.objects.of(user, community)):
            raise PermissionDenied(_("Only members of this community can ask its library."))
        return Chosen(community=community)
    return Chosen()


def _documents(line: str, user: User) -> list[Document]:
    wanted = uuids(line)
    if not wanted or len(wanted) > rules.DOCUMENTS_ASKED_MAX:
        raise Http404
    found = list(Document.objects.visible_to(user).filter(uuid__in=wanted).order_by("title", "pk"))
    if len(found) < len(set(wanted)):
        raise Http404
    return found
