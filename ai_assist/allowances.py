"""How much members and communities may keep and do: each counted by one statement, so that no two pass together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ai_assist import rules
from ai_assist.models import Usage
from communities.models import Community

A_DAY = {
    "uploads": rules.UPLOADS_A_DAY,
    "ocr_pages": rules.OCR_PAGES_A_DAY,
    "questions": rules.QUESTIONS_A_DAY,
    "tokens": rules.TOKENS_A_DAY,
}
KEPT = {"bytes": rules.BYTES_KEPT, "documents": rules.DOCUMENTS_KEPT}
LIMITS = A_DAY | KEPT
COLUMNS = tuple(LIMITS)
SENTENCES = {
    "bytes": _("There is room for %(limit)s MB in all, and this file does not fit any more. Delete some."),
    "documents": _("There is room for %(limit)s documents. Delete one that nobody needs any more."),
    "uploads": _("That were %(limit)s files today, which is all. More fit in tomorrow."),
    "ocr_pages": _("%(limit)s scanned pages were read today, which is all. More can be read tomorrow."),
    "questions": _("That were %(limit)s questions today, which is all. You can ask more tomorrow."),
    "tokens": _("The chat model has written all that it may today. It writes again tomorrow."),
}
IN_COMMUNITY = _("For the whole community: %(sentence)s")
SPEND = """
    INSERT INTO ai_assist_usage AS used (member_id, community_id, day, {columns})
    VALUES (%s, %s, %s, {places})
    ON CONFLICT ON CONSTRAINT usage_once_per_day DO UPDATE SET {added}
     WHERE {fits}
""".format(  # noqa: S608 - the names of our own columns
    columns=", ".join(COLUMNS),
    places=", ".join(["%s"] * len(COLUMNS)),
    added=", ".join(f"{name} = used.{name} + EXCLUDED.{name}" for name in COLUMNS),
    fits=" AND ".join(f"(EXCLUDED.{name} = 0 OR used.{name} + EXCLUDED.{name} <= %s)" for name in COLUMNS),
)


class UsedUp(Exception):
    """The message is a sentence for the person. `retry_after`: seconds until there is more; None = not by waiting."""

    def __init__(self, sentence: str, retry_after: int | None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Whose:
    """A member, or a community, which has more."""

    member: User | None = None
    community: Community | None = None

    @property
    def times(self) -> int:
        return rules.COMMUNITY_TIMES if self.community else 1


@dataclass(frozen=True)
class Left:
    """Of each allowance: how much is left, of how much."""

    whose: Whose
    used: dict[str, int]

    def __getitem__(self, name: str) -> int:
        return max(0, self.limit(name) - self.used[name])

    def limit(self, name: str) -> int:
        return LIMITS[name] * self.whose.times

    @property
    def limits(self) -> dict[str, int]:
        return {name: self.limit(name) for name in COLUMNS}


def left(whose: Whose) -> Left:
    """Today, and of what is kept in all."""
    when = Q(day=_today()) | Q(day=None)
    used = dict.fromkeys(COLUMNS, 0)
    for row in Usage.objects.filter(when, member=whose.member, community=whose.community):
        for name in COLUMNS:
            used[name] += getattr(row, name)
    return Left(whose, used)


def spend(member: User, community: Community | None, **amounts: int) -> None:
    """Counts these amounts for the member and for the community, or none of them. Raises UsedUp with the sentence."""
    with transaction.atomic():
        for whose in _both(member, community):
            for day, limits in ((_today(), A_DAY), (None, KEPT)):
                some = {name: amount for name, amount in amounts.items() if name in limits and amount}
                if some and not _spent(whose, day, some):
                    raise UsedUp(_sentence(whose, some), _until_tomorrow() if day else None)


def give_back(member: User, community: Community | None, *, bytes: int, documents: int) -> None:  # noqa: A002
    """What is kept no longer."""
    for whose in _both(member, community):
        row = Usage.objects.select_for_update().get(member=whose.member, community=whose.community, day=None)
        row.bytes, row.documents = max(0, row.bytes - bytes), max(0, row.documents - documents)
        row.save(update_fields=["bytes", "documents"])


def settle_tokens(member: User, community: Community | None, *, counted: int, read: int, written: int) -> None:
    """Of those that were counted today, a chat model read and wrote these; the others are given back."""
    left_over = counted - read - written
    for whose in _both(member, community):
        used = Usage.objects.filter(member=whose.member, community=whose.community, day=_today())
        used.update(tokens=Greatest(F("tokens") - left_over, 0), tokens_out=F("tokens_out") + written)


def _both(member: User, community: Community | None) -> Iterable[Whose]:
    """The member first: one order, no deadlocks."""
    yield Whose(member=member)
    if community is not None:
        yield Whose(community=community)


def _spent(whose: Whose, day: date | None, amounts: dict[str, int]) -> bool:
    given = [amounts.get(name, 0) for name in COLUMNS]
    limits = [LIMITS[name] * whose.times for name in COLUMNS]
    key: list[int | date | None] = [
        whose.member.pk if whose.member else None,
        whose.community.pk if whose.community else None,
        day,
    ]
    with connection.cursor() as cursor:
        cursor.execute(SPEND, [*key, *given, *limits])
        return bool(cursor.rowcount)


def _sentence(whose: Whose, amounts: dict[str, int]) -> str:
    """Which of them it was that no longer fits."""
    remains = left(whose)
    name = next((name for name, amount in amounts.items() if remains[name] < amount), next(iter(amounts)))
    limit = remains.limit(name)
    sentence = str(SENTENCES[name]) % {"limit": limit // rules.MB if name == "bytes" else limit}
    return str(IN_COMMUNITY) % {"sentence": sentence} if whose.community else sentence


def _today() -> date:
    return timezone.now().date()


def _until_tomorrow() -> int:
    now = timezone.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return ceil((midnight - now).total_seconds())
