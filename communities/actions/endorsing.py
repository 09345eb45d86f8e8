"""Standing behind an answer with one's name."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.actions.locking import lock_content
from communities.actions.telling import tell_about_endorsement, tell_about_withdrawal
from communities.judgements import recount_judgements
from communities.models import Answer, Endorsement, Membership
from communities.signals import answer_endorsed, endorsement_withdrawn


def endorse_answer(answer: Answer, *, by: User) -> None:
    """Puts the word of a mentor or moderator behind the answer; after it was rewritten, again. Idempotent.

    Locks post and answer, tells the author the first time, announces `answer_endorsed`. Nobody endorses their own.
    """
    with transaction.atomic():
        locked = lock_content(answer)
        me = _check_may_endorse(locked, by)
        endorsement = locked.endorsements.standing().filter(by=by).first()
        if endorsement is not None and locked.reworked_at is None:
            return
        if endorsement is None:
            endorsement = Endorsement.objects.create(answer=locked, by=by, role=me.role)
            tell_about_endorsement(endorsement)
        else:
            endorsement.role, endorsement.confirmed_at = me.role, timezone.now()
            endorsement.save(update_fields=["role", "confirmed_at"])
        locked.reworked_at = None
        recount_judgements(locked)
        answer_endorsed.send(Endorsement, endorsement=endorsement)


def withdraw_endorsement(endorsement: Endorsement, *, by: User) -> None:
    """Takes an endorsement back. Idempotent. Who gave it may, and whoever may endorse; then who gave it is told."""
    with transaction.atomic():
        locked = lock_content(endorsement.answer)
        endorsement.answer = locked
        me = Membership.objects.of(by, locked.post.community_id)
        if not permissions.can_withdraw_endorsement(me, endorsement) or locked.post.is_deleted:
            raise PermissionDenied(_("Mentors and moderators take endorsements back here, and who gave them."))
        standing = locked.endorsements.standing().filter(pk=endorsement.pk).select_related("by").first()
        if standing is None:
            return
        standing.withdrawn_at, standing.withdrawn_by = timezone.now(), by
        standing.save(update_fields=["withdrawn_at", "withdrawn_by"])
        standing.answer = locked
        recount_judgements(locked)
        tell_about_withdrawal(standing, by)
        endorsement_withdrawn.send(Endorsement, endorsement=standing)


def _check_may_endorse(answer: Answer, by: User) -> Membership:
    me = Membership.objects.of(by, answer.post.community_id)
    if answer.author_id == by.pk:
        raise PermissionDenied(_("You can't endorse what you wrote yourself."))
    if me is None or not permissions.can_endorse(me, answer) or answer.post.is_deleted:
        raise PermissionDenied(_("Mentors and moderators endorse answers to questions here."))
    if 'alt=""' in answer.html:
        raise PermissionDenied(_("A picture in it has no description yet. Suggest one by an edit, then endorse it."))
    return me
