"""Taking the text of a revision out of the history, and putting it back."""

import json

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.actions.locking import lock_content
from communities.actions.picturing import put_back_pictures, remove_unnamed_pictures, take_out_pictures
from communities.models import Membership, Picture, Redaction, Revision, Suggestion
from communities.sealing import Unopenable, seal, unseal
from communities.signals import text_redacted
from communities.writing import pictures_named
from notifications.actions import withdraw


def redact(revision: Revision, *, by: User, reason: str) -> None:
    """Takes title, text, tags and note out for everybody; they are kept encrypted for a while. Idempotent.

    Moderators only. What is read on the page now has to be edited first. Writes down who, when and why. Pictures that
    no other text names are seen by nobody any more; what repeats its title or note leaves the inboxes. Announces
    `text_redacted`.
    """
    with transaction.atomic():
        locked = _lock(revision, by)
        if Redaction.objects.in_force().filter(revision=locked).exists():
            return
        if locked.number == Revision.objects.of(revision.content).values_list("number", flat=True)[0]:
            raise PermissionDenied(_("This is what it says now. Edit it first, then take the old text out."))
        said = {"title": locked.title, "body": locked.body, "tags": locked.tags, "note": locked.note}
        Redaction.objects.create(revision=locked, by=by, reason=reason, sealed=seal(json.dumps(said)))
        locked.title = locked.body = locked.tags = locked.note = ""
        locked.save(update_fields=["title", "body", "tags", "note"])
        suggested = _clear_suggestions(locked, by, reason)
        take_out_pictures(pictures_named([said["body"], *suggested], locked.content))
        for words in filter(None, (said["title"], said["note"])):
            withdraw(url=locked.post.permanent_url, naming=words)
        text_redacted.send(Revision, revision=locked)


def put_back(revision: Revision, *, by: User) -> None:
    """Undoes a redaction while its text is kept. Idempotent. Moderators only."""
    with transaction.atomic():
        locked = _lock(revision, by)
        redaction = Redaction.objects.in_force().filter(revision=locked).first()
        if redaction is None:
            return
        if redaction.sealed is None:
            raise PermissionDenied(_("Its text is no longer kept."))
        try:
            said = json.loads(unseal(bytes(redaction.sealed)))
        except Unopenable as error:
            raise PermissionDenied(_("Its text can't be read: the key of this site has changed.")) from error
        for field, value in said.items():
            setattr(locked, field, value)
        locked.save(update_fields=list(said))
        put_back_pictures(pictures_named([locked.body], locked.content))
        redaction.undone_at, redaction.undone_by, redaction.sealed = timezone.now(), by, None
        redaction.save(update_fields=["undone_at", "undone_by", "sealed"])


def forget_redacted_texts() -> None:
    """Those that were kept long enough, and the files of the pictures. Who redacted, when and why stays."""
    now = timezone.now()
    with transaction.atomic():
        Redaction.objects.to_forget(now).update(sealed=None)
        remove_unnamed_pictures(Picture.objects.to_forget(now))


def _clear_suggestions(revision: Revision, by: User, reason: str) -> list[str]:
    """What began with that text, or became it, holds its words. Returns what they said."""
    began = Suggestion.objects.filter(base=revision)
    began.waiting().update(decided_at=timezone.now(), decided_by=by, reason=reason)
    holding = began | Suggestion.objects.filter(revision=revision)
    said = list(holding.values_list("body", flat=True))
    holding.update(title="", body="")
    return said


def _lock(revision: Revision, by: User) -> Revision:
    """Its post, answer or comment first."""
    lock_content(revision.content)
    if not permissions.can_redact(Membership.objects.of(by, revision.post.community_id)):
        raise PermissionDenied(_("Only moderators can take a text out of the history."))
    return Revision.objects.select_for_update(of=("self",), no_key=True).get(pk=revision.pk)
