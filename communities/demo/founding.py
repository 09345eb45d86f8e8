"""A community of the demo before anybody writes there: its row, and who joined when."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from accounts.models import User
from communities.demo.chance import fraction
from communities.demo.judging import mentors_of
from communities.demo.people import FIRST_DAY, belonging
from communities.demo.threads import Place
from communities.models import Community, Licence, Membership, Role, Trust, Visibility
from communities.writing import write_about

JOINED_BEFORE_WRITING = timedelta(days=20)


def found(place: Place, people: dict[str, User], now: datetime) -> Community:
    community = Community(
        slug=place.slug,
        name=place.name,
        tagline=place.tagline,
        created_by=people[place.owner],
        created_at=now - timedelta(days=FIRST_DAY - 20 * fraction(place.slug, "founded")),
        visibility=Visibility.PRIVATE if place.is_private else Visibility.PUBLIC,
        licence=Licence.INTERNAL if place.is_private else Licence.CC_BY_SA_4,
        invite_key=token_urlsafe(16) if place.is_private else None,
    )
    community.question_template, community.asking_hints = place.question_template.strip(), place.asking_hints.strip()
    write_about(community, place.about.strip())
    community.save()
    return community


def join(community: Community, place: Place, people: dict[str, User], now: datetime) -> None:
    """The owner is there from the beginning, others some time before they first write or at any time."""
    first: dict[str, datetime] = {}
    for thread in sorted(place.threads, key=lambda thread: -thread.days_ago):
        for name in thread.writers:
            first.setdefault(name, now - timedelta(days=thread.days_ago) - JOINED_BEFORE_WRITING)
    memberships, mentors = [], mentors_of(place)
    for name in belonging(place, list(people)):
        until = max(first.get(name, now), community.created_at)
        joined_at = community.created_at + (until - community.created_at) * fraction(place.slug, name, "joined")
        is_owner = name == place.owner
        memberships.append(
            Membership(
                community=community,
                user=people[name],
                role=Role.OWNER if is_owner else Role.MENTOR if name in mentors else Role.MEMBER,
                trust_level=Trust.TRUSTED if name in place.writers else Trust.KNOWN,
                joined_at=community.created_at if is_owner else joined_at,
            )
        )
    Membership.objects.bulk_create(memberships)
