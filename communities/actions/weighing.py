"""What an edit does to the trust in an answer."""

from django.utils import timezone

from accounts.models import User
from communities.actions.reacting import set_aside
from communities.actions.telling import tell_about_rework, tell_doubters
from communities.judgements import recount_judgements
from communities.models import Answer
from communities.writing import is_rewritten


def weigh_edit(answer: Answer, before: str, *, by: User) -> None:
    """`answer` said `before` until now; the caller holds it and its post.

    Rewritten in substance, it waits for those who vouched for it to say so again, and what was said against the old
    text no longer counts. After a smaller edit those who said something against it are asked to look again.
    """
    if not is_rewritten(before, answer.body):
        tell_doubters(answer, by)
        return
    is_vouched_for = answer.endorsed_at is not None or answer.accepted_at is not None
    if is_vouched_for:
        answer.reworked_at = timezone.now()
        tell_about_rework(answer, by)
    if set_aside(answer, by=by) or is_vouched_for:
        recount_judgements(answer)
