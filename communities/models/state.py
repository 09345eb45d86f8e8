"""How far an answer can be trusted, in one word: worked out by the database from what people did."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from communities import rules
from communities.models.content import QUALITY


class AnswerState(models.IntegerChoices):
    """From the least to the most trusted, so that the best of several is the greatest."""

    STALE = 0, _("Stale")
    UNREVIEWED = 1, _("Unreviewed")
    SUPPORTED = 2, _("Supported")
    ACCEPTED = 3, _("Accepted")
    ENDORSED = 4, _("Endorsed")
    VALIDATED = 5, _("Validated")

    @property
    def is_reviewed(self) -> bool:
        """Somebody has said something for it or against it."""
        return self is not AnswerState.UNREVIEWED


TRUSTED_FROM = AnswerState.ACCEPTED
"""The asker or a mentor stands behind the answer, and nobody has shown it to be stale."""

IS_STALE = Q(stale_at__isnull=False)
IS_ENDORSED = Q(endorsed_at__isnull=False)
IS_ACCEPTED = Q(accepted_at__isnull=False)
IS_SUPPORTED = Q(GreaterThanOrEqual(QUALITY, Value(rules.SUPPORTED_QUALITY)), up__gte=rules.SUPPORTED_UP)
IS_VALIDATED = (
    (IS_ENDORSED & Q(up__gte=F("down")))
    | (IS_ACCEPTED & IS_SUPPORTED)
    | (IS_ACCEPTED & Q(witness_count__gte=rules.VALIDATED_WITNESSES))
)

STATE = Case(
    When(IS_STALE, then=Value(AnswerState.STALE.value)),
    When(IS_VALIDATED, then=Value(AnswerState.VALIDATED.value)),
    When(IS_ENDORSED, then=Value(AnswerState.ENDORSED.value)),
    When(IS_ACCEPTED, then=Value(AnswerState.ACCEPTED.value)),
    When(IS_SUPPORTED, then=Value(AnswerState.SUPPORTED.value)),
    default=Value(AnswerState.UNREVIEWED.value),
)
