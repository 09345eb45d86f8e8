"""Bringing back what was deleted, and who may: the same for posts, answers and comments."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.history import Written
from communities.models import Membership


def bring_back(content: Written, *, by: User) -> None:
    """The text stands again. Raises PermissionDenied with the reason. The caller holds the lock of the text."""
    _check_may_restore(content, by)
    content.deleted_at, content.deleted_by, content.deleted_for = None, None, ""
    content.save(update_fields=["deleted_at", "deleted_by", "deleted_for"])


def _check_may_restore(content: Written, by: User) -> None:
    if content.purged_at is not None:
        raise PermissionDenied(_("Its text is gone for good."))
    community = content.post.community_id
    me = Membership.objects.of(by, community)
    deleter = Membership.objects.of(content.deleted_by, community) if content.deleted_by else None
    if permissions.can_restore(me, content, deleter):
        return
    if permissions.can_moderate(me):
        raise PermissionDenied(_("An owner deleted this, so only an owner can bring it back."))
    raise PermissionDenied(_("Only its author, unless a moderator deleted it, and moderators can bring this back."))
