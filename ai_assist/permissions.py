"""Who may do what with documents. Whether they may see one is `Document.objects.visible_to`."""

from accounts.models import User
from ai_assist.models import Document
from communities.models import Community, Membership


def can_add_document(user: User, community: Community | None, me: Membership | None) -> bool:
    """To one's own library, or to that of a community where one writes."""
    return community is None or (me is not None and me.is_writer)


def can_change_document(user: User, document: Document, me: Membership | None) -> bool:
    """Its owner, as long as they may write there."""
    return document.owner_id == user.pk and can_add_document(user, document.community, me)


def can_delete_document(user: User, document: Document, me: Membership | None) -> bool:
    """Its owner, even after leaving; who moderates its community; and who runs the site."""
    if document.owner_id == user.pk or user.is_superuser:
        return True
    return document.community_id is not None and me is not None and me.is_moderator


def can_change_folder(user: User, owner_id: int, community: Community | None, me: Membership | None) -> bool:
    """In a community whoever made it, and moderators."""
    if community is None:
        return owner_id == user.pk
    return me is not None and me.is_writer and (owner_id == user.pk or me.is_moderator)


def can_ask_library(me: Membership | None) -> bool:
    """All that a community has, on its allowance: its members, those who only read included."""
    return me is not None
