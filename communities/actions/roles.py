"""Granting roles."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.actions.telling import tell_about_role
from communities.models import Community, Membership, Role


def grant_role(membership: Membership, *, by: User, role: str) -> Membership:
    """Makes the member's role be `role` and tells them. Idempotent. Owners only.

    An owner stays one until they step down themselves, and the last one can't. Locks the membership, then the
    community, as leaving does.
    """
    with transaction.atomic():
        members = Membership.objects.select_for_update(of=("self",), no_key=True).select_related("user", "community")
        locked = members.get(pk=membership.pk)
        community = Community.objects.select_for_update(no_key=True).get(pk=locked.community_id)
        if not permissions.can_manage(Membership.objects.of(by, community)):
            raise PermissionDenied(_("Only owners can grant roles."))
        if locked.role == role:
            return locked
        if not permissions.can_change_role(locked, by):
            raise PermissionDenied(_("Owners stay owners until they step down themselves."))
        if locked.is_owner and Membership.objects.filter(community=community, role=Role.OWNER).count() == 1:
            raise PermissionDenied(_("You are the only owner; a community needs one."))
        locked.role = role
        locked.save(update_fields=["role"])
        tell_about_role(locked, by)
    return locked
