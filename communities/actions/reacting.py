"""Saying how it went with an answer."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.actions.locking import lock_content
from communities.actions.telling import tell_about_staleness
from communities.judgements import recount_judgements
from communities.models import Answer, Membership, Reaction
from communities.signals import reaction_given, reaction_taken_back


def react(answer: Answer, *, by: User, outcome: str, reason: str = "") -> Reaction:
    """Says that the answer worked for `by`, or that it is outdated or wrong and why. The same again changes nothing.

    Locks post and answer. When it is stale from now on, its author and endorsers are told. Announces `reaction_given`.
    """
    with transaction.atomic():
        locked = lock_content(answer)
        me = _check_may_react(locked, by)
        reaction = Reaction.objects.filter(answer=locked, by=by, outcome=outcome).first()
        if reaction is None:
            reaction = Reaction(answer=locked, by=by, outcome=outcome)
        elif reaction.cleared_at is None and reaction.reason == reason:
            return reaction
        reaction.reason, reaction.role, reaction.created_at = reason, me.role, timezone.now()
        reaction.cleared_at = reaction.cleared_by = None
        reaction.save()
        was_stale = locked.stale_at is not None
        recount_judgements(locked)
        if locked.stale_at is not None and not was_stale:
            tell_about_staleness(locked)
        reaction_given.send(Reaction, reaction=reaction)
    return reaction


def take_back(answer: Answer, *, by: User, outcome: str) -> None:
    """Unsays it. Idempotent. Locks post and answer, announces `reaction_taken_back`."""
    with transaction.atomic():
        locked = lock_content(answer)
        _check_may_react(locked, by)
        reaction = Reaction.objects.filter(answer=locked, by=by, outcome=outcome).first()
        if reaction is None:
            return
        reaction.delete()
        recount_judgements(locked)
        reaction_taken_back.send(Reaction, reaction=reaction)


def clear_reports(answer: Answer, *, by: User) -> None:
    """A moderator looked and found that what was said against the answer does not hold. Idempotent."""
    with transaction.atomic():
        locked = lock_content(answer)
        if not permissions.can_clear_reports(Membership.objects.of(by, locked.post.community_id), locked):
            raise PermissionDenied(_("Only moderators can set reports aside, and not on their own answers."))
        if set_aside(locked, by=by):
            recount_judgements(locked)


def set_aside(answer: Answer, *, by: User) -> int:
    """Clears what stands against the answer; the caller holds the lock and recounts."""
    return answer.reactions.reports().update(cleared_at=timezone.now(), cleared_by=by)


def _check_may_react(answer: Answer, by: User) -> Membership:
    me = Membership.objects.of(by, answer.post.community_id)
    if answer.author_id == by.pk:
        raise PermissionDenied(_("You can't judge what you wrote yourself."))
    if me is None or not me.is_writer or answer.post.is_deleted:
        raise PermissionDenied(_("Only members of this community can say how it went."))
    if not permissions.can_react(me, answer):
        raise PermissionDenied(_("You are new here. Read a few posts first; then you can say how it went."))
    return me
