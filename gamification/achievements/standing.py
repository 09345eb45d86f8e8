"""How a member stands with each achievement: reached, on the way, or not begun.

What belongs to a community is shown to whom may see that community, and nobody else learns of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from communities.models import Community
from gamification.achievements.catalogue import ON
from gamification.achievements.kinds import Achievement
from gamification.achievements.weighing import Amount, amounts_of
from gamification.models import Award, AwardQuerySet, Rarity, Tier

Percents = dict[tuple[str, int], int]


@dataclass(frozen=True)
class Earned:
    """The highest tier that they reached there. `percent` of those active lately have it; none: not measured yet."""

    kind: Achievement
    award: Award
    percent: int | None

    @property
    def tier(self) -> Tier:
        return Tier(self.award.tier)

    @property
    def least(self) -> int:
        return self.kind.tiers[self.tier]


@dataclass(frozen=True)
class OnTheWay:
    """So much of what the next tier takes, in the community where they are nearest to it, or altogether."""

    kind: Achievement
    community: Community | None
    tier: Tier
    amount: int
    least: int
    percent: int | None

    @property
    def share(self) -> float:
        return self.amount / self.least


@dataclass(frozen=True)
class Locked:
    kind: Achievement
    tier: Tier
    percent: int | None

    @property
    def least(self) -> int:
        return self.kind.tiers[self.tier]


@dataclass(frozen=True)
class Standing:
    earned: list[Earned]
    on_the_way: list[OnTheWay]
    locked: list[Locked]


def standing_of(member: User) -> Standing:
    """Everything, for the member alone."""
    percents = _percents()
    reached = _earned(Award.objects.of(member).standing().visible_to(member), percents)
    steps = _on_the_way(member, reached, percents)
    begun = {one.kind.key for one in reached} | {step.kind.key for step in steps}
    firsts = [(kind, next(iter(kind.tiers))) for key, kind in ON.items() if key not in begun]
    return Standing(reached, steps, [Locked(kind, tier, percents.get((kind.key, tier))) for kind, tier in firsts])


def earned(member: User, reader: User | AnonymousUser) -> list[Earned]:
    """As far as the reader may see it, the newest first."""
    return _earned(Award.objects.of(member).standing().visible_to(reader), _percents())


def _earned(awards: AwardQuerySet, percents: Percents) -> list[Earned]:
    highest: dict[tuple[str, int | None], Award] = {}
    for award in awards.filter(key__in=ON).select_related("community"):
        place = (award.key, award.community_id)
        if place not in highest or highest[place].tier < award.tier:
            highest[place] = award
    newest = sorted(highest.values(), key=lambda award: (award.at, award.pk), reverse=True)
    return [Earned(ON[award.key], award, percents.get((award.key, award.tier))) for award in newest]


def _on_the_way(member: User, reached: Iterable[Earned], percents: Percents) -> list[OnTheWay]:
    """Of each achievement the one next step that is nearest; the nearest of all first."""
    held = {(one.kind.key, one.award.community_id): one.tier for one in reached}
    amounts = amounts_of(member)
    wanted = {found.community for found in amounts if found.community is not None}
    seen = Community.objects.visible_to(member).in_bulk(wanted) if wanted else {}
    nearest: dict[str, OnTheWay] = {}
    for found in amounts:
        step = _next_step(found, held.get((found.key, found.community)), seen, percents)
        if step and (found.key not in nearest or nearest[found.key].share < step.share):
            nearest[found.key] = step
    return sorted(nearest.values(), key=lambda step: (-step.share, step.kind.key))


def _next_step(found: Amount, held: Tier | None, seen: dict[int, Community], percents: Percents) -> OnTheWay | None:
    if found.community is not None and found.community not in seen:
        return None
    kind = ON[found.key]
    tier = next((tier for tier in kind.tiers if held is None or tier > held), None)
    if tier is None:
        return None
    amount = min(found.amount, kind.tiers[tier])
    community = None if found.community is None else seen[found.community]
    return OnTheWay(kind, community, tier, amount, kind.tiers[tier], percents.get((kind.key, tier)))


def _percents() -> Percents:
    return {(rarity.key, rarity.tier): rarity.percent for rarity in Rarity.objects.all()}
