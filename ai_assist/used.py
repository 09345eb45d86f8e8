"""What was used, and what it cost: by day, by member, by community."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from ai_assist import rules
from ai_assist.allowances import A_DAY, Whose
from ai_assist.models import Usage
from ai_assist.models.usage import UsageQuerySet

SUMS = {name: Sum(name) for name in (*A_DAY, "tokens_out")}
MILLION = 1_000_000


def days(whose: Whose) -> Iterable[Usage]:
    """Those of the last month on which they used something, the last first."""
    used = Usage.objects.since(first_day()).filter(member=whose.member, community=whose.community)
    return used.order_by("-day")


def first_day() -> date:
    return timezone.now().date() - timedelta(days=rules.USAGE_DAYS - 1)


def totals(used: UsageQuerySet) -> dict[str, int]:
    return {name: amount or 0 for name, amount in used.aggregate(**SUMS).items()}


def most(used: UsageQuerySet, name: str, count: int) -> list[dict[str, object]]:
    """Summed by what has this `name`; those who used most first, with their `cost`."""
    rows = used.values(name).annotate(**SUMS).order_by("-tokens", "-questions", name)[:count]
    return [{"name": row[name], **row, "cost": cost(row)} for row in rows]


def cost(sums: Mapping[str, int]) -> Decimal | None:
    """Of the chat model; None where nobody has said what it costs."""
    if settings.AI_PRICES is None:
        return None
    read, written = settings.AI_PRICES
    total: Decimal = read * (sums["tokens"] - sums["tokens_out"]) + written * sums["tokens_out"]
    return total / MILLION
