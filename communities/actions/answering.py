"""Answering, changing answers, accepting one."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions, rules
from communities.actions.calling import call_everyone
from communities.actions.locking import lock_content
from communities.actions.restoring import bring_back
from communities.actions.rewriting import rewrite
from communities.actions.telling import tell_about_acceptance, tell_about_answer, tell_about_deletion
from communities.actions.unfit import Unfit
from communities.counts import recount_answers
from communities.history import first_revision, words_of
from communities.models import Answer, Membership, Post
from communities.models.content import NOT_DELETED
from communities.reading import asker_spoke_after
from communities.searching.documents import write_document
from communities.signals import (
    answer_accepted,
    answer_deleted,
    answer_published,
    answer_restored,
    answer_unaccepted,
)
from communities.warmth import mark_active
from communities.writing import mentioned_members, write_body


def post_answer(post: Post, *, by: User, body: str, is_different: bool = False) -> Answer:
    """An answer by a member. The same text twice within minutes is one answer (a double click).

    A second answer to a question takes the word that it `is_different`, else Unfit. Locks the post, recounts
    its answers, tells the asker and whom it mentions, announces `answer_published`.
    """
    with transaction.atomic():
        locked = lock_content(post)
        me = Membership.objects.of(by, locked.community)
        if me is None or not permissions.can_answer(me, locked):
            raise PermissionDenied(_("Only members of this community can answer here."))
        since = timezone.now() - rules.SAME_TEXT_WINDOW
        same = Answer.objects.filter(NOT_DELETED, post=locked, author=by, created_at__gt=since)
        if twin := same.filter(body=body).first():
            return twin
        _check_not_answered_before(locked, me, is_different)
        mentions = mentioned_members(locked.community, body, permissions.most_mentions(me))
        answer = Answer(post=locked, author=by, licence=locked.community.licence)
        write_body(answer, body, mentions)
        answer.save()
        first_revision(answer, words_of(answer)).save()
        recount_answers(locked)
        mark_active(locked)
        write_document(locked.pk)
        tell_about_answer(answer, mentions)
        call_everyone(answer, me)
        answer_published.send(Answer, answer=answer)
    return answer


def _check_not_answered_before(post: Post, me: Membership, is_different: bool) -> None:
    if not post.is_question or not post.answers.filter(NOT_DELETED, author=me.user_id).exists():
        return
    if not post.community.has_second_answers:
        raise Unfit(_("In this community everybody gives one answer. You can add to yours."))
    if not permissions.can_answer_again(me):
        raise Unfit(_("You are new here, so one answer is what you can give. You can add to it."))
    if not is_different:
        raise Unfit(_("You have answered already. Say that this is a different approach, or add to your answer."))


def edit_answer(answer: Answer, *, by: User, body: str, note: str = "", began_with: str = "") -> Answer:
    """Changes the text. See `rewrite`."""
    return rewrite(answer, ("", body), by=by, note=note, began_with=began_with)


def delete_answer(answer: Answer, *, by: User, reason: str = "") -> None:
    """Takes an answer out of sight, its acceptance with it; `restore_answer` brings the answer back. Idempotent.

    `reason`: why a moderator does it, see `DeletionReason`. Announces `answer_deleted`, and `answer_unaccepted` after
    it.
    """
    with transaction.atomic():
        locked = lock_content(answer)
        post = locked.post
        if locked.is_deleted:
            return
        if not permissions.can_delete(Membership.objects.of(by, post.community), locked):
            raise PermissionDenied(_("Only its author and moderators can delete this."))
        take_answer_away(locked, by=by, reason=reason)


def take_answer_away(locked: Answer, *, by: User, reason: str = "") -> None:
    """Called with its row locked, by who has asked whether this may be. Announces what `delete_answer` does."""
    was_accepted = locked.accepted_at is not None
    locked.accepted_at = locked.accepted_by = None
    locked.deleted_at, locked.deleted_by, locked.deleted_for = timezone.now(), by, reason
    locked.version += 1  # brought back, it is no longer the accepted one
    locked.save(update_fields=["accepted_at", "accepted_by", "deleted_at", "deleted_by", "deleted_for", "version"])
    recount_answers(locked.post)
    write_document(locked.post_id)
    tell_about_deletion(locked, by)
    answer_deleted.send(Answer, answer=locked)
    if was_accepted:
        answer_unaccepted.send(Answer, answer=locked)


def restore_answer(answer: Answer, *, by: User) -> None:
    """Brings a deleted answer back. Idempotent. Announces `answer_restored`. See `bring_back`."""
    with transaction.atomic():
        locked = lock_content(answer)
        post = locked.post
        if not locked.is_deleted:
            return
        bring_back(locked, by=by)
        recount_answers(post)
        write_document(post.pk)
        answer_restored.send(Answer, answer=locked)


def accept_answer(answer: Answer, *, by: User) -> None:
    """Makes this the post's one accepted answer, instead of any other; after it was rewritten, again. Idempotent.

    Locks the post first, so of two at once the later one stands. The first time tells the answerer and announces
    `answer_accepted`, after `answer_unaccepted` for the one that was accepted before.
    """
    with transaction.atomic():
        locked = lock_content(answer)
        post = locked.post
        _check_may_accept(locked, by)
        is_first = locked.accepted_at is None
        if not is_first and locked.reworked_at is None:
            return
        withdrawn = _withdraw_all(post) if is_first else []
        locked.accepted_at, locked.accepted_by = timezone.now(), by
        locked.reworked_at = None
        locked.version += 1
        locked.save(update_fields=["accepted_at", "accepted_by", "reworked_at", "version"])
        recount_answers(post)
        write_document(post.pk)
        if is_first:
            tell_about_acceptance(locked, by)
            for other in withdrawn:
                answer_unaccepted.send(Answer, answer=other)
            answer_accepted.send(Answer, answer=locked)


def unaccept_answer(answer: Answer, *, by: User) -> None:
    """Takes an acceptance back. Idempotent."""
    with transaction.atomic():
        locked = lock_content(answer)
        post = locked.post
        _check_may_accept(locked, by)
        if locked.accepted_at is None:
            return
        withdraw_acceptances(post)
        recount_answers(post)
        write_document(post.pk)


def withdraw_acceptances(post: Post) -> None:
    """No answer of the post is the accepted one any more. The caller holds its lock and recounts its answers."""
    for answer in _withdraw_all(post):
        answer_unaccepted.send(Answer, answer=answer)


def _withdraw_all(post: Post) -> list[Answer]:
    """Those that were accepted: one at most."""
    withdrawn = list(post.answers.filter(accepted_at__isnull=False))
    for answer in withdrawn:
        answer.accepted_at = answer.accepted_by = None
        Answer.objects.filter(pk=answer.pk).update(accepted_at=None, accepted_by=None, version=F("version") + 1)
    return withdrawn


def _check_may_accept(answer: Answer, by: User) -> None:
    post, me = answer.post, Membership.objects.of(by, answer.post.community)
    if permissions.can_accept(me, answer):
        if (
            by.pk != post.author_id
            and answer.accepted_at is None
            and asker_spoke_after(post, timezone.now() - rules.ASKER_SILENT_FOR)
        ):
            raise PermissionDenied(_("Who asked was here within the last week; it is for them to accept an answer."))
        return
    if answer.author_id == by.pk and post.author_id == by.pk and post.is_question:
        raise PermissionDenied(_("You can accept your own answer after two days, so that others may answer first."))
    raise PermissionDenied(_("Only who asked can accept an answer."))
