"""A question that documents could not answer becomes the beginning of a post."""

from accounts.models import User
from ai_assist.models import Message
from communities.actions.drafting import save_draft
from communities.drafts import Place
from communities.models import Community, Draft, DraftKind
from communities.rules import TITLE_MAX


def draft_post(message: Message, *, by: User, community: Community) -> Draft:
    """In the community's form for new questions, to be finished there. The same again is the same draft.

    Raises PermissionDenied when it is one draft too many.
    """
    title = " ".join(message.question.split())
    fields = {"kind": "question", "title": title[:TITLE_MAX], "goal": message.question}
    return save_draft(Place(DraftKind.POST, community), by=by, fields=fields, known=None)
