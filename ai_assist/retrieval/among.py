"""Among which passages a question is asked: what the person may read, and of that what they chose."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from ai_assist import rules
from ai_assist.models import Document, scopes_of
from ai_assist.models.document import DocumentQuerySet
from communities.models import Language


@dataclass(frozen=True)
class Among:
    """`documents` is None where there are too many to name them: then the scopes alone decide. `is_narrow`: they have
    so few passages that each may be looked at."""

    scopes: frozenset[str]
    documents: list[int] | None
    languages: list[str]
    is_narrow: bool


def readable(user: User | AnonymousUser, chosen: DocumentQuerySet | None) -> Among:
    """Documents that are ready and may be read; of these the chosen ones.

    Words are looked up in the languages of these documents, where they are many, in those of the newest.
    """
    documents = Document.objects.visible_to(user).filter(state="ready")
    if chosen is not None:
        documents = documents.filter(pk__in=chosen.values("pk"))
    rows = list(documents.order_by("-pk").values_list("pk", "chunks", "language")[: rules.DOCUMENTS_NAMED + 1])
    is_narrow = len(rows) <= rules.DOCUMENTS_NAMED and sum(row[1] for row in rows) <= rules.CHUNKS_LOOKED_THROUGH
    if chosen is not None and not is_narrow:
        named = list(documents.values_list("pk", flat=True))
    else:
        named = [row[0] for row in rows]
    return Among(
        scopes=scopes_of(user),
        documents=named if is_narrow or chosen is not None else None,
        languages=sorted({row[2] for row in rows}) or [Language.SIMPLE],
        is_narrow=is_narrow,
    )
