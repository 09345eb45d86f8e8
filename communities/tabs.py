"""The tabs of a feed: which posts each shows, and in which order."""

from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities import rules
from communities.keyset import ACTIVE, HOT, LONGEST_WAITING, NEWEST, Order
from communities.models import Answer, Membership, Trust
from communities.models.content import NOT_DELETED
from communities.models.post import PostQuerySet


class Tab(StrEnum):
    NEEDS_YOU = "needs-you"
    NEWEST = "newest"
    ACTIVE = "active"
    HOT = "hot"
    UNANSWERED = "unanswered"


TAB_NAMES = {
    Tab.NEEDS_YOU: _("Needs you"),
    Tab.NEWEST: _("Newest"),
    Tab.ACTIVE: _("Active"),
    Tab.HOT: _("Hot"),
    Tab.UNANSWERED: _("Unanswered"),
}
ORDERS: dict[Tab, Order] = {
    Tab.NEEDS_YOU: LONGEST_WAITING,
    Tab.NEWEST: NEWEST,
    Tab.ACTIVE: ACTIVE,
    Tab.HOT: HOT,
    Tab.UNANSWERED: NEWEST,
}


def tab_named(name: str | None, default: Tab) -> Tab:
    return Tab(name) if name in set(Tab) else default


def usual_tab(*memberships: Membership) -> Tab:
    """Whom one of the communities knows sees first what needs them, others what is new."""
    is_known = any(me.is_writer and me.trust >= Trust.KNOWN for me in memberships)
    return Tab.NEEDS_YOU if is_known else Tab.NEWEST


def of_tab(posts: PostQuerySet, tab: Tab, reader: User | AnonymousUser) -> PostQuerySet:
    """What of `posts` the tab shows to this reader."""
    if tab == Tab.UNANSWERED:
        return posts.unanswered()
    if tab == Tab.HOT:
        return posts.filter(hot__gt=0)
    if tab == Tab.NEEDS_YOU:
        return needing(posts, reader)
    return posts


def needing(posts: PostQuerySet, reader: User | AnonymousUser) -> PostQuerySet:
    """Questions of late that nobody could help with yet: not their own, nor such as they have answered."""
    mine = Answer.objects.filter(NOT_DELETED, post=OuterRef("pk"), author=reader.pk)
    recent = posts.unanswered().filter(created_at__gt=timezone.now() - rules.NEEDS_YOU_FOR)
    return recent.exclude(author=reader.pk).exclude(Exists(mine))
