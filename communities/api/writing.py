"""What all writing through the API has in common: forms from JSON, conflicts, reasons."""

from typing import Any

from django.utils.translation import gettext as _
from ninja import Field, Query

from accounts.requests import MemberRequest
from communities.forms.editing import DeleteForm
from communities.history import Written, words_of
from communities.models import DeletionReason
from communities.views.deleting import is_asked_why
from net.faults import checked
from net.problems import Problem
from net.sent import Sent

WHY = Query("", description=f"Of a moderator, what is wrong with it: {', '.join(DeletionReason.values)}.")
SAID = Field(description="What there is to say about it, in sentences; nothing of it hinders.")


class EditIn(Sent):
    note: str = Field("", description="What you changed; needed for texts of others.")
    began_with: str = Field("", description="The `text_version` of the text that you changed.")


def as_sent(given: dict[str, Any]) -> dict[str, Any]:
    """As the forms of the pages get it: tags in one line."""
    return given | ({"tags": ", ".join(given["tags"])} if given.get("tags") is not None else {})


def moved(content: Written, given: dict[str, Any]) -> Problem:
    """Somebody saved in between: both texts, as on the page."""
    content.refresh_from_db()
    now = words_of(content)
    theirs: dict[str, Any] = {"body": now.body, "text_version": now.fingerprint}
    if now.title:
        theirs |= {"title": now.title, "tags": list(now.tags)}
    sentence = _("Somebody saved in between, so nothing is saved yet. Put both texts together and send that.")
    return Problem(409, sentence, theirs=theirs, yours={name: given[name] for name in theirs if name in given})


def reason_given(request: MemberRequest, content: Written, reason: str) -> str:
    """Why it is deleted; "" of those who are not asked."""
    if not is_asked_why(request.user, content):
        return ""
    return str(checked(DeleteForm({"reason": reason}), "query")["reason"])
