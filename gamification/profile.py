"""XP, level and a year of days in the places that the profile leaves for them."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.models import User
from gamification.models import ShownAs
from gamification.players import player_of
from gamification.rules import xp_of
from gamification.streaks.heat import heat_map
from gamification.streaks.reading import seen_by


def profile_xp(request: HttpRequest, *, member: User) -> SafeString:
    """Of the member; to themselves also what they are made of, and how far the next level is.

    Others see nothing of who stands on leaderboards by another name or not at all: the sum would say who it is.
    """
    is_own = member == request.user
    player = player_of(member)
    if not is_own and (not player.shows_earned or player.shown_as in (ShownAs.PSEUDONYM, ShownAs.HIDDEN)):
        return SafeString("")
    context = {"member": member, "is_own": is_own, "next_at": xp_of(member.level + 1)}
    return render_to_string("gamification/_profile_xp.html", context, request)


def profile_year(request: HttpRequest, *, member: User) -> SafeString:
    """To themselves alone."""
    if member != request.user:
        return SafeString("")
    return render_to_string("gamification/_profile_year.html", {"heat": heat_map(*seen_by(member))}, request)
