"""What an edit does to the trust in an answer."""

from django.utils import timezone

from accounts.models import User
from communities.actions.reacting import set_aside
from communities.actions.telling import tell_about_rework, tell_doubters
from communities.judgements import recount_judgements
from communities.models import Answer, Revision
from communities.writing import is_rewritten


def weigh_edit(answer: Answer, before: str, *, by: User) -> None:
    """`answer` said `before` until now; the caller holds it and its post.

    Rewritten in substance, at once or by and by, it waits for those who vouched for it to say so again, and what was
    said against the old text no longer counts. After a smaller edit those who said something against it are asked to
    look again.
    """
    if not is_rewritten(before, answer.body) and not _is_rewritten_by_and_by(answer):
        tell_doubters(answer, by)
        return
    is_vouched_for = answer.endorsed_at is not None or answer.accepted_at is not None
    if is_vouched_for:
        answer.reworked_at = timezone.now()
        tell_about_rework(answer, by)
    if set_aside(answer, by=by) or is_vouched_for:
        recount_judgements(answer)


def _is_rewritten_by_and_by(answer: Answer) -> bool:
    """By many small edits since the first of those who stand behind it looked; asked once, until they look again."""
    looked = [endorsement.confirmed_at or endorsement.created_at for endorsement in answer.endorsements.standing()]
    looked += [answer.accepted_at] if answer.accepted_at else []
    if not looked or answer.reworked_at is not None:
        return False
    vouched_for = Revision.objects.of(answer).filter(created_at__lte=min(looked)).first()
    return vouched_for is not None and is_rewritten(vouched_for.body, answer.body)
