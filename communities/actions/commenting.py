"""Commenting on posts and answers."""

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
from communities.actions.telling import tell_about_comment, tell_about_deletion, tell_about_settling
from communities.models import Answer, Comment, CommentKind, Membership, Post
from communities.models.content import NOT_DELETED
from communities.signals import comment_deleted, comment_published, comment_restored
from communities.writing import mentioned_members, write_body


def add_comment(target: Post | Answer, *, by: User, body: str, kind: str = CommentKind.TALK) -> Comment:
    """A comment by a member. The same text twice within minutes is one comment (a double click).

    Locks the target, tells its author and whom it mentions, announces `comment_published`.
    """
    with transaction.atomic():
        locked = lock_content(target)
        post, answer = locked.post, locked if isinstance(locked, Answer) else None
        me = Membership.objects.of(by, post.community_id)
        if not permissions.can_comment(me, locked) or post.is_deleted:
            raise PermissionDenied(_("Only members of this community can comment here."))
        since = timezone.now() - rules.SAME_TEXT_WINDOW
        same = Comment.objects.filter(NOT_DELETED, post=post, answer=answer, author=by, created_at__gt=since)
        if twin := same.filter(body=body).first():
            return twin
        mentions = mentioned_members(post.community, body, permissions.most_mentions(me))
        comment = Comment(post=post, answer=answer, author=by, kind=kind, licence=post.community.licence)
        write_body(comment, body, mentions)
        comment.save()
        _mark_changed(locked)
        tell_about_comment(comment, mentions)
        call_everyone(comment, me)
        comment_published.send(Comment, comment=comment)
    return comment


def edit_comment(comment: Comment, *, by: User, body: str, note: str = "", began_with: str = "") -> Comment:
    """Changes the text; its author freely for a while, later what it said before is kept. See `rewrite`."""
    return rewrite(comment, ("", body), by=by, note=note, began_with=began_with)


def resolve_comment(comment: Comment, *, by: User, is_resolved: bool) -> None:
    """Says that what wanted clarifying is settled, or not after all; who wanted it is told. Idempotent."""
    with transaction.atomic():
        locked = lock_content(comment)
        if not permissions.can_resolve(Membership.objects.of(by, locked.post.community), locked):
            raise PermissionDenied(_("Only who asked, the authors and moderators can settle a request to clarify."))
        if is_resolved == (locked.resolved_at is not None):
            return
        locked.resolved_at, locked.resolved_by = (timezone.now(), by) if is_resolved else (None, None)
        locked.save(update_fields=["resolved_at", "resolved_by"])
        _mark_changed(locked.target)
        if is_resolved:
            tell_about_settling(locked, by)


def delete_comment(comment: Comment, *, by: User, reason: str = "") -> None:
    """Takes a comment out of sight; `restore_comment` brings it back. Idempotent.

    `reason`: why a moderator does it, see `DeletionReason`. Announces `comment_deleted`.
    """
    with transaction.atomic():
        locked = lock_content(comment)
        if locked.is_deleted:
            return
        if not permissions.can_delete(Membership.objects.of(by, locked.post.community), locked):
            raise PermissionDenied(_("Only its author and moderators can delete this."))
        take_comment_away(locked, by=by, reason=reason)


def take_comment_away(locked: Comment, *, by: User, reason: str = "") -> None:
    """Called with its row locked, by who has asked whether this may be. Announces `comment_deleted`."""
    locked.deleted_at, locked.deleted_by, locked.deleted_for = timezone.now(), by, reason
    locked.save(update_fields=["deleted_at", "deleted_by", "deleted_for"])
    _mark_changed(locked.target)
    tell_about_deletion(locked, by)
    comment_deleted.send(Comment, comment=locked)


def restore_comment(comment: Comment, *, by: User) -> None:
    """Brings a deleted comment back. Idempotent. Announces `comment_restored`. See `bring_back`."""
    with transaction.atomic():
        locked = lock_content(comment)
        if not locked.is_deleted:
            return
        bring_back(locked, by=by)
        _mark_changed(locked.target)
        comment_restored.send(Comment, comment=locked)


def _mark_changed(target: Post | Answer) -> None:
    type(target)._base_manager.filter(pk=target.pk).update(version=F("version") + 1)
