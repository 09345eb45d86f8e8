"""What an achievement is."""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.functional import Promise

from gamification.dues import ENTRY_STANDS
from gamification.models import Tier

DOUBTED = f"""
    (entry.reversal_of_id IS NULL AND (entry.status = 'void' OR entry.status = 'held' AND {ENTRY_STANDS}))
"""
"""A vote or an acceptance whose XP wait or never count: it counts no more towards an achievement."""


def from_bronze(*least: int) -> Mapping[Tier, int]:
    """What each tier takes, beginning with bronze."""
    return dict(zip(Tier, least, strict=False))


class Achievement:
    """`tiers` says how much of `deed` each takes. `icon` is drawn in `img/icons.svg`.

    `criterion` asks how much there is of it now: rows of member, community (none: it belongs to no community) and
    amount, from the rows that `weighing.SOURCES` names. Without one its feature does not exist yet, and nobody sees it.
    """

    key: ClassVar[str]
    name: ClassVar[Promise]
    deed: ClassVar[Promise]
    icon: ClassVar[str] = ""
    tiers: ClassVar[Mapping[Tier, int]] = from_bronze(1)
    criterion: ClassVar[str] = ""

    @property
    def is_on(self) -> bool:
        return bool(self.criterion)


def counts_as_accepted(answer: str) -> str:
    """Somebody accepted it, and nobody doubts that."""
    return f"""
        {answer}.accepted_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM gamification_entry entry
             WHERE entry.source_type = 'answer' AND entry.source_id = {answer}.id AND entry.rule = 'A4'
               AND entry.actor_id = {answer}.accepted_by_id AND entry.user_id = {answer}.author_id AND {DOUBTED})
    """


def of_community(amount: str, source: str, where: str) -> str:
    """In each community: this much of these rows."""
    return f"SELECT user_id, community_id, {amount} FROM {source} WHERE {where} GROUP BY user_id, community_id"


def altogether(amount: str, source: str, where: str) -> str:
    """Of no community: this much of these rows."""
    return f"SELECT user_id, NULL::bigint, {amount} FROM {source} WHERE {where} GROUP BY user_id"
