"""What endorsements and reactions make of an answer: its columns, recounted; the caller holds post and answer."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min
from django.utils import timezone

from communities import rules
from communities.counts import recount_answers
from communities.models import Answer, Endorsement, Outcome, Role
from communities.models.community import MENTORING
from communities.searching.documents import write_document

Report = tuple[int, str, datetime]
"""Who, in which role, when."""


def is_stale(reports: Iterable[Report], now: datetime) -> bool:
    """One mentor or three members said so within half a year."""
    recent = {by: Role(role) for by, role, at in reports if at > now - rules.REPORTS_COUNT_FOR}
    return len(recent) >= rules.STALE_REPORTS or any(role in MENTORING for role in recent.values())


def has_enough_reports(answer: Answer) -> bool:
    """To be stale now."""
    return is_stale(answer.reactions.reports().values_list("by", "role", "created_at"), timezone.now())


def recount_judgements(answer: Answer) -> None:
    """Marks the answer changed; its post is recounted, and its words are weighed anew, when that makes a difference."""
    before, was_trusted = (answer.state, answer.is_helpful), answer.is_trusted
    worked = set(answer.reactions.filter(outcome=Outcome.WORKED).values_list("by", flat=True))
    answer.worked_count, answer.witness_count = len(worked), len(worked - {answer.post.author_id, answer.author_id})
    answer.endorsed_at = answer.endorsements.standing().aggregate(at=Min("created_at"))["at"]
    answer.stale_at = (answer.stale_at or timezone.now()) if has_enough_reports(answer) else None
    answer.version += 1
    answer.save(
        update_fields=["endorsed_at", "worked_count", "witness_count", "stale_at", "reworked_at", "version"],
    )
    answer.refresh_from_db(fields=["state"])
    if (answer.state, answer.is_helpful) != before:
        recount_answers(answer.post)
    if answer.is_trusted != was_trusted:
        write_document(answer.post_id)


def endorsers(answer: Answer) -> list[Endorsement]:
    """Who stands behind it, the first one first."""
    return list(answer.endorsements.standing().select_related("by").order_by("created_at", "pk"))
