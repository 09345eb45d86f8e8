"""Achievements of the people of the demo: what they reached, what of it they show, and one to hear of."""

from collections.abc import Iterable

from accounts.models import User
from gamification.achievements.rarity import measure_rarity
from gamification.achievements.showing import choose_showcase
from gamification.achievements.telling import tell_awarded
from gamification.achievements.weighing import weigh_everybody
from gamification.models import Award
from gamification.rules import SHOWCASE_MAX


def plant_achievements(people: Iterable[User]) -> None:
    """All that they wrote so far was never told of; it would fill their inboxes."""
    weigh_everybody(is_told=False)
    measure_rarity()
    for member in people:
        awards = list(Award.objects.of(member).select_related("user").order_by("-tier", "pk"))
        choose_showcase(member, list(dict.fromkeys(award.key for award in awards))[:SHOWCASE_MAX])
        tell_awarded(awards[:1])
