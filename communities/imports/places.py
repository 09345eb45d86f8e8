"""The community that receives an import."""

from django.db import transaction

from accounts.models import User
from communities.counts import recount_community
from communities.imports.sites import Site
from communities.models import Community, Membership, Role
from communities.writing import write_about

ABOUT = """Questions and answers from [{host}]({address}), written by its members and brought here from its
public data dump.

Every text names who wrote it and its licence, a version of
[CC BY-SA](https://creativecommons.org/licenses/by-sa/4.0/), and links to the original.
"""


class NoOwner(Exception):
    """A new community needs an owner; the message says how to name one."""


def community_for(slug: str, site: Site, owner: str | None) -> Community:
    """The community at that address, founded if there is none. Raises NoOwner, ValidationError."""
    community = Community.objects.filter(slug=slug).first()
    if community:
        return community
    who = _owner(owner)
    community = Community(
        created_by=who,
        name=slug.replace("-", " ").capitalize()[: Community._meta.get_field("name").max_length],
        slug=slug,
        tagline=f"Questions and answers from {site.host}."[: Community._meta.get_field("tagline").max_length],
    )
    write_about(community, ABOUT.format(host=site.host, address=site.address))
    community.clean_fields()
    with transaction.atomic():
        community.save()
        Membership.objects.create(community=community, user=who, role=Role.OWNER)
        recount_community(community)
    return community


def _owner(username: str | None) -> User:
    users = User.objects.active()
    if username is None:
        first: User | None = users.filter(is_superuser=True).order_by("pk").first()
        if first is None:
            raise NoOwner("There is no superuser yet who could own the new community; name a member with --owner.")
        return first
    found: User | None = users.filter(username__iexact=username).first()
    if found is None:
        raise NoOwner(f"There is no member {username} who could own the new community.")
    return found
