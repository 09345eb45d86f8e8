"""What a member shows of their achievements on the profile."""

from collections.abc import Sequence
from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.models import User
from gamification.achievements.standing import earned
from gamification.models import Player
from gamification.players import player_of


def choose_showcase(member: User, keys: Sequence[str]) -> Player:
    """These achievements, all reached, stand on the profile, in this order. Idempotent."""
    player, _is_new = Player.objects.update_or_create(user=member, defaults={"showcase": list(keys)})
    return player


def choose_showing(member: User, *, shows_earned: bool) -> None:
    """From now on others see level and achievements on their profile, or see neither. Idempotent."""
    Player.objects.update_or_create(user=member, defaults={"shows_earned": shows_earned})


def privacy_of_earned(request: HttpRequest) -> SafeString:
    """The switch on the page of one's privacy."""
    shown = player_of(cast("User", request.user)).shows_earned
    return render_to_string("gamification/_privacy.html", {"shows_earned": shown}, request)


def profile_showcase(request: HttpRequest, *, member: User) -> SafeString:
    """Each in its highest tier that the reader may see; nothing for who reached nothing that they may see, or keeps it
    to themselves."""
    player = player_of(member)
    if member != request.user and not player.shows_earned:
        return SafeString("")
    reached = earned(member, request.user)
    if not reached:
        return SafeString("")
    highest = {one.kind.key: one for one in sorted(reached, key=lambda one: one.tier)}
    shown = [highest[key] for key in player.showcase if key in highest]
    context = {"member": member, "is_own": member == request.user, "shown": shown, "count": len(reached)}
    return render_to_string("gamification/_profile_showcase.html", context, request)
