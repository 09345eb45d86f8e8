"""Lists a page at a time: where the next page begins, in `Link` and in the body."""

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from ninja import Query

from communities import rules
from communities.keyset import Lost, Order, keyset_rows
from net.problems import Problem

AFTER = Query("", description="Where the page begins: `next` of the one before.")
LIMIT = Query(rules.POSTS_PER_PAGE, ge=1, le=rules.PROGRAMS_PER_PAGE, description="How many at most.")


def rows_after[M: Model](order: Order, after: str, limit: int, rows: QuerySet[M]) -> tuple[list[M], str]:
    """Raises Problem for a cursor that nobody was given."""
    try:
        return keyset_rows(order, after, limit, rows)
    except Lost:
        raise lost_page() from None


def lost_page() -> Problem:
    sentence = _("There is no such page. Begin with the first one.")
    return Problem(422, sentence, errors=[{"where": ["query", "after"], "detail": sentence}])
