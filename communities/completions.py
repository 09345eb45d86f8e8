"""Whom and what a beginning may mean while somebody writes: members and tags of one community."""

from django.db.models import Q, QuerySet

from accounts.models import User
from communities import rules
from communities.models import Community, Tag


def people_called(beginning: str, community: Community, *, but_not: int) -> QuerySet[User]:
    """Other members whose user name or name begins like this."""
    others = User.objects.active().filter(memberships__community=community).exclude(pk=but_not)
    called = others.filter(Q(username__istartswith=beginning) | Q(name__istartswith=beginning))
    return called.order_by("username")[: rules.COMPLETIONS]


def tags_called(beginning: str, community: Community) -> QuerySet[Tag]:
    """Those that everybody sees, the most used first."""
    tags = Tag.objects.approved().filter(community=community, synonym_of=None)
    return tags.filter(slug__startswith=beginning.lower()).order_by("-post_count", "slug")[: rules.COMPLETIONS]
