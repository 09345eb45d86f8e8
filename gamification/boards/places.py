"""Where leaderboards show up on pages of lower floors."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from communities.models import Community
from gamification.boards.goals import goal_of


def link_to_board(request: HttpRequest, *, community: Community) -> SafeString:
    """Among the pages of a community; only members of Cairn can open it."""
    if not request.user.is_authenticated:
        return SafeString("")
    return format_html('<a href="{}">{}</a>', board_url(community), _("Leaderboard"))


def goal_card(request: HttpRequest, *, community: Community) -> SafeString:
    """Beside its posts, as long as there is something to reach."""
    goal = goal_of([community]) if request.user.is_authenticated else None
    if goal is None:
        return SafeString("")
    return render_to_string("gamification/_goal.html", {"goal": goal, "open_url": open_url(community)}, request)


def board_url(community: Community) -> str:
    return reverse("gamification:community_board", args=[community.slug])


def open_url(community: Community) -> str:
    """Where its questions wait."""
    return f"{community.get_absolute_url()}?show=unanswered"
