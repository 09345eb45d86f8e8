"""What members hear of their achievements: nothing, when they chose quiet. No community is named: it may be private."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.languages import Said, in_every_language
from gamification.achievements.catalogue import CATALOGUE
from gamification.models import Award, Tier
from notifications.actions import notify, withdraw
from notifications.models import Kind


def tell_awarded(awards: Iterable[Award]) -> None:
    """One sentence for each achievement: of several tiers at once, the highest."""
    highest = {(award.user_id, award.key, award.community_id): award for award in sorted(awards, key=_by_tier)}
    for award in sorted(highest.values(), key=lambda award: award.pk):
        if not award.user.is_quiet:
            notify(award.user, Kind.ACHIEVEMENT, title=_sentence(award), url=award.get_absolute_url())


def tell_revoked(award: Award) -> None:
    """Moderators took it back, and say why; what was said of it before goes."""
    for told in in_every_language(_sentence(award)):
        withdraw(url=award.get_absolute_url(), recipient=award.user, naming=told)
    if award.user.is_quiet:
        return
    words = {"name": CATALOGUE[award.key].name, "reason": award.revoked_for}
    title = Said(_("Moderators took back your achievement “%(name)s”: %(reason)s"), words)
    notify(award.user, Kind.ACHIEVEMENT, title=title, url=reverse("gamification:achievements"))


def _sentence(award: Award) -> Said:
    kind = CATALOGUE[award.key]
    if len(kind.tiers) == 1:
        return Said(_("You earned the achievement “%(name)s”"), {"name": kind.name})
    words = {"name": kind.name, "tier": Tier(award.tier).label}
    return Said(_("You earned the achievement “%(name)s”: %(tier)s"), words)


def _by_tier(award: Award) -> int:
    return award.tier
