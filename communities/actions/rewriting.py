"""Changing a text that stands: by its author, by a moderator who says why, back to what it said before."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.actions.locking import lock_content
from communities.actions.telling import tell_about_edit, tell_mentioned
from communities.actions.weighing import weigh_edit
from communities.history import Moved, Text, Words, Written, is_minor, keep, words_in, words_of
from communities.models import Answer, Comment, Membership, Post, Redaction, Revision
from communities.searching.documents import write_document
from communities.signals import text_changed, text_returned
from communities.tagging import choose, put_tags
from communities.warmth import mark_active
from communities.writing import mentioned_members, write_body


def rewrite[W: Written](
    content: W, text: Text, *, by: User, note: str = "", began_with: str = "", tags: Sequence[str] | None = None
) -> W:
    """Makes `content` say `text`, and a post carry `tags` (None: as they are). Idempotent.

    Its author may, and moderators, who say why. Locks it, keeps what it said, tells whom it newly mentions, and its
    author of what others changed. A change that only mends the last revision leaves no mark. Raises `Moved` when it no
    longer says what `began_with` names.
    """
    with transaction.atomic():
        locked, me = _locked_by_editor(content, by)
        before = words_of(locked)
        is_tagged_anew = isinstance(locked, Post) and tags is not None and put_tags(locked, tags, me=me)
        if text == before.text and not is_tagged_anew:
            return locked
        if began_with and began_with != before.fingerprint:
            raise Moved
        if locked.author_id != by.pk and not note:
            raise PermissionDenied(_("Say in a few words what you changed; its author will read it."))
        write_text(locked, before, text, editor=by, note=note)
        if locked.author_id != by.pk:
            tell_about_edit(locked, by, note)
    return locked


def return_to(revision: Revision, *, by: User) -> Written:
    """Makes the text say again what it said in `revision`, as a new one. Idempotent. Authors and moderators.

    Of its tags those come back that the community still has. Announces `text_returned`.
    """
    with transaction.atomic():
        locked, me = _locked_by_editor(revision.content, by)
        if Redaction.objects.in_force().filter(revision=revision).exists():
            raise PermissionDenied(_("Its text was taken out of the history."))
        before, wanted = words_of(locked), words_in(revision)
        is_tagged_anew = False
        if isinstance(locked, Post):
            known = [tag.slug for tag in choose(locked.community, wanted.tags).tags]
            is_tagged_anew = put_tags(locked, known, me=me)
        if wanted.text == before.text and not is_tagged_anew:
            return locked
        note = _("back to revision %(number)s") % {"number": revision.number}
        write_text(locked, before, wanted.text, editor=by, note=note, is_step=True)
        if locked.author_id != by.pk:
            tell_about_edit(locked, by, note)
        text_returned.send(type(locked), content=locked, by=by)
    return locked


def write_text(
    locked: Written, before: Words, text: Text, *, editor: User, note: str, is_step: bool = False
) -> Revision | None:
    """The change itself, for whoever holds the lock and may. `is_step` makes it a revision of its own, always.

    Announces `text_changed`.
    """
    post = locked.post
    title, body = text
    most = permissions.most_mentions(Membership.objects.of(locked.author, post.community_id))
    known = mentioned_members(post.community, before.body, most)
    mentions = mentioned_members(post.community, body, most)
    if isinstance(locked, Post):
        locked.title = title
    write_body(locked, body, mentions)
    revision = keep(locked, before, by=editor, note=note, is_step=is_step)
    if revision:
        locked.edited_at = timezone.now()
    locked.version += 1
    locked.save()
    if isinstance(locked, Comment):
        type(locked.target)._base_manager.filter(pk=locked.target.pk).update(version=F("version") + 1)
    else:
        write_document(post.pk)
    if isinstance(locked, Answer):
        weigh_edit(locked, before.body, by=editor)
    if not isinstance(locked, Comment) and not is_minor(before, words_of(locked)):
        mark_active(post)
    tell_mentioned(locked, [user for user in mentions if user not in known])
    text_changed.send(type(locked), content=locked)
    return revision


def _locked_by_editor[W: Written](content: W, by: User) -> tuple[W, Membership]:
    locked = lock_content(content)
    me = Membership.objects.of(by, locked.post.community_id)
    if me is None or not permissions.can_edit(me, locked):
        raise PermissionDenied(_("Only its author and moderators can change this."))
    return locked, me
