"""Publishing and changing posts."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.former import former_member
from accounts.models import User
from communities import permissions, rules
from communities.actions.answering import withdraw_acceptances
from communities.actions.calling import call_everyone
from communities.actions.locking import lock_content
from communities.actions.restoring import bring_back
from communities.actions.rewriting import rewrite
from communities.actions.telling import tell_about_deletion, tell_mentioned
from communities.counts import recount_answers
from communities.history import first_revision, keep, words_of
from communities.models import Answer, Community, Disassociation, Membership, Post, PostKind, Revision
from communities.models.content import NOT_DELETED
from communities.reading import hold_membership
from communities.searching.documents import write_document
from communities.signals import post_converted, post_deleted, post_disassociated, post_published, post_restored
from communities.tagging import count_tags_of, put_tags
from communities.writing import mentioned_members, write_body
from notifications.actions import withdraw


def publish_post(community: Community, *, by: User, kind: str, title: str, body: str, tags: Sequence[str] = ()) -> Post:
    """A post by a member, announcements by a moderator. The same text twice within minutes is one (a double click).

    `tags` are slugs; new ones are made, or proposed by members who may not make them. Tells the members it mentions;
    announces `post_published`. Raises PermissionDenied for people outside, and for tags that do not fit.
    """
    with transaction.atomic():
        me = hold_membership(by, community.pk)
        if me is None or not permissions.can_ask(me):
            raise PermissionDenied(_("Only members of this community can post here."))
        if not permissions.can_publish(me, kind):
            raise PermissionDenied(_("Only moderators can make announcements."))
        since = timezone.now() - rules.SAME_TEXT_WINDOW
        same = Post.objects.filter(NOT_DELETED, author=by, community=community, title=title, created_at__gt=since)
        if twin := same.filter(body=body).first():
            return twin
        mentions = mentioned_members(community, body, permissions.most_mentions(me))
        post = Post(community=community, author=by, kind=kind, title=title, licence=community.licence)
        write_body(post, body, mentions)
        post.save()
        write_document(post.pk)
        put_tags(post, tags, me=me)
        first_revision(post, words_of(post)).save()
        tell_mentioned(post, mentions)
        call_everyone(post, me)
        Community.objects.filter(pk=community.pk).update(post_count=F("post_count") + 1)
        post_published.send(Post, post=post)
    return post


def edit_post(
    post: Post,
    *,
    by: User,
    title: str,
    body: str,
    tags: Sequence[str] | None = None,
    note: str = "",
    began_with: str = "",
) -> Post:
    """Changes title, text and tags (None: as they are); the kind stays. See `rewrite`."""
    return rewrite(post, (title, body), by=by, tags=tags, note=note, began_with=began_with)


def convert_post(post: Post, *, by: User, kind: str) -> Post:
    """Makes the post one of another kind; only questions have an accepted answer. Idempotent. Moderators only.

    Its history says so. Locks the post, then its accepted answer; announces `post_converted`, and `answer_unaccepted`
    before it.
    """
    with transaction.atomic():
        locked = lock_content(post)
        if not permissions.can_convert(Membership.objects.of(by, locked.community), locked):
            raise PermissionDenied(_("Only moderators can change what kind of post this is."))
        before = locked.kind
        if kind == before:
            return locked
        locked.kind, locked.edited_at = kind, timezone.now()
        locked.version += 1
        locked.save(update_fields=["kind", "edited_at", "version"])
        note = _("from %(before)s to %(now)s") % {"before": _named(before), "now": _named(kind)}
        keep(locked, words_of(locked), by=by, note=note, is_step=True)
        if not locked.is_question:
            withdraw_acceptances(locked)
            recount_answers(locked)
            write_document(locked.pk)
        post_converted.send(Post, post=locked, before=before, by=by)
    return locked


def _named(kind: str) -> str:
    return str(PostKind(kind).label).lower()


def delete_post(post: Post, *, by: User, reason: str = "") -> None:
    """Takes a post out of sight; `restore_post` brings it back. Idempotent.

    A question that somebody has answered well belongs to everybody and stays, until a moderator deletes it; what else
    an author wrote, they may delete. What pointed to it in inboxes goes.

    `reason`: why a moderator does it, see `DeletionReason`. Announces `post_deleted`.
    """
    with transaction.atomic():
        locked = lock_content(post)
        if locked.is_deleted:
            return
        if not permissions.can_delete(Membership.objects.of(by, locked.community), locked):
            raise PermissionDenied(_("Only its author and moderators can delete this."))
        if locked.author_id == by.pk and is_answered_well(locked):
            said = _("This has an answer that helped somebody, so it stays. You can edit it, or take your name off it.")
            raise PermissionDenied(said)
        take_post_away(locked, by=by, reason=reason)


def take_post_away(locked: Post, *, by: User, reason: str = "") -> None:
    """Called with its row locked, by who has asked whether this may be. Announces `post_deleted`."""
    locked.deleted_at, locked.deleted_by, locked.deleted_for = timezone.now(), by, reason
    locked.save(update_fields=["deleted_at", "deleted_by", "deleted_for"])
    post_deleted.send(Post, post=locked)  # people are locked before tags and community, as they are everywhere
    write_document(locked.pk)
    count_tags_of(locked, -1)
    tell_about_deletion(locked, by)
    Community.objects.filter(pk=locked.community_id).update(post_count=F("post_count") - 1)


def restore_post(post: Post, *, by: User) -> None:
    """Brings a deleted post back. Idempotent. Announces `post_restored`. See `bring_back`."""
    with transaction.atomic():
        locked = lock_content(post)
        if not locked.is_deleted:
            return
        bring_back(locked, by=by)
        post_restored.send(Post, post=locked)
        write_document(locked.pk)
        Community.objects.filter(pk=locked.community_id).update(post_count=F("post_count") + 1)
        count_tags_of(locked, 1)


def disassociate_post(post: Post, *, by: User) -> None:
    """Takes the author's name off a question that can't be deleted, off its history and out of inboxes.

    Not to be undone.

    Idempotent. Answers, votes and comments stay; who asked can't vote on it. Locks the post; announces
    `post_disassociated`.
    """
    with transaction.atomic():
        locked = lock_content(post)
        nobody = former_member()
        if locked.author_id == nobody.pk:
            return
        if not permissions.can_disassociate(Membership.objects.of(by, locked.community), locked):
            raise PermissionDenied(_("Only who asked this can take their name off it."))
        if not is_answered_well(locked):
            raise PermissionDenied(_("Nobody has answered this well yet, so you can delete it instead."))
        Disassociation.objects.create(post=locked, person=by)
        locked.author = nobody
        locked.version += 1
        locked.save(update_fields=["author", "version"])
        Revision.objects.of(locked).filter(editor=by).update(editor=nobody)
        locked.answers.filter(accepted_by=by).update(accepted_by=nobody, version=F("version") + 1)
        post_disassociated.send(Post, post=locked)
        withdraw(url=locked.permanent_url, naming=by.display_name)


def is_answered_well(post: Post) -> bool:
    """A question, by somebody else: then it belongs to everybody."""
    if not post.is_question:
        return False
    valued = Answer.objects.filter(NOT_DELETED, post=post, score__gte=rules.AUTHOR_DELETE_BELOW_SCORE)
    return valued.exclude(author=post.author_id).exists()
