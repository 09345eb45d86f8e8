"""What this floor erases of somebody who left. What they wrote for others stays or goes, as they chose; what they did
(votes, endorsements, verdicts) stays, for scores and decisions of others rest on it."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.leaving.steps import erase_by, hold_back, keep
from accounts.models import Leaving, User
from communities import models
from communities.actions.answering import take_answer_away
from communities.actions.commenting import take_comment_away
from communities.actions.community import leave_community
from communities.actions.locking import lock_content
from communities.actions.picturing import remove_unused_picture
from communities.actions.posting import is_answered_well, take_post_away
from communities.actions.purging import purge
from communities.history import Written
from communities.models import Answer, Comment, Membership, Post, Role, Suggestion
from communities.models.content import BY_ITS_AUTHOR, NOT_DELETED
from communities.models.state import TRUSTED_FROM

AT_ONCE = 200  # texts in memory
PRIVATE = (
    (models.Bookmark, ("owner",)),
    (models.Deflection, ("person",)),
    (models.Disassociation, ("person",)),
    (models.Draft, ("author",)),
    (models.Follow, ("follower", "person")),
    (models.Honour, ("member",)),
    (models.SavedList, ("owner",)),
    (models.Silenced, ("person",)),
)
"""With the fields that say whose it is."""


def register() -> None:
    erase_by(_erase_what_is_private, *(model for model, _owners in PRIVATE), models.Picture)
    erase_by(_end_memberships, Membership)
    erase_by(_take_texts, Post, Answer, Comment, Suggestion)
    keep("stands in the history of a text; leads to the empty row", models.Revision, models.Redaction, models.Callout)
    keep("scores of others rest on it; leads to the empty row", models.Vote, models.VoteChange, models.Reaction)
    keep("decisions rest on it; leads to the empty row", models.Endorsement, models.Verdict, models.Tag)
    keep("founded by the empty row", models.Community)
    hold_back(_left_without_owner)


def _left_without_owner(member: User) -> list[str]:
    here = Membership.objects.filter(community=OuterRef("community"), user__is_active=True).exclude(user=member)
    alone = Membership.objects.filter(Exists(here), user=member, role=Role.OWNER)
    alone = alone.exclude(Exists(here.filter(role=Role.OWNER))).select_related("community").order_by("community__name")
    said = _("You are the only owner of %(name)s: make another member there an owner.")
    return [said % {"name": membership.community.name} for membership in alone]


def _take_texts(member: User, leaving: Leaving) -> None:
    """Comments and answers before the posts above them. What is deleted already goes for good at once."""
    Suggestion.objects.waiting().filter(author=member).delete()
    for model in (Comment, Answer, Post):
        if leaving.texts == Leaving.Texts.DELETE:
            for content in _of(model, member).filter(NOT_DELETED).iterator(chunk_size=AT_ONCE):
                _take_away(content, member)
        for content in _of(model, member).filter(BY_ITS_AUTHOR, purged_at=None).iterator(chunk_size=AT_ONCE):
            purge(content, at_once=True)


def _of(model: type[Written], member: User) -> QuerySet[Any]:
    return model._default_manager.filter(author=member).order_by("pk")


def _take_away(content: Written, member: User) -> None:
    with transaction.atomic():
        locked = lock_content(content)
        if locked.is_deleted or _is_relied_on(locked):
            return
        if isinstance(locked, Post):
            take_post_away(locked, by=member)
        elif isinstance(locked, Answer):
            take_answer_away(locked, by=member)
        else:
            take_comment_away(locked, by=member)


def _is_relied_on(content: Written) -> bool:
    """An answer that somebody vouched for, or a post with one by somebody else, or with one that helped."""
    if isinstance(content, Answer):
        return content.is_trusted
    if isinstance(content, Comment):
        return False
    trusted = content.answers.filter(NOT_DELETED, state__gte=TRUSTED_FROM).exclude(author=content.author_id)
    return trusted.exists() or is_answered_well(content)


def _end_memberships(member: User, _leaving: Leaving) -> None:
    """Where nobody else can be its owner the community keeps an empty one."""
    for membership in Membership.objects.filter(user=member).select_related("community"):
        owners = Membership.objects.filter(community=membership.community_id, role=Role.OWNER)
        if not membership.is_owner or owners.exclude(pk=membership.pk).exists():
            leave_community(membership.community, by=member)
    models.Visit.objects.filter(membership__user=member).delete()
    models.Attendance.objects.filter(membership__user=member).delete()


def _erase_what_is_private(member: User, _leaving: Leaving) -> None:
    for model, owners in PRIVATE:
        for owner in owners:
            model._default_manager.filter(**{owner: member}).delete()
    for picture in models.Picture.objects.unused().filter(owner=member):
        remove_unused_picture(picture)
