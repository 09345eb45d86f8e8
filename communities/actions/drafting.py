"""Keeping drafts: saved while somebody types, closed by publishing, deleted and brought back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities import rules
from communities.drafts import Known, Place, at, says_something, texts_of
from communities.models import Deflection, Draft, DraftKind, Post


def save_draft(place: Place, *, by: User, fields: dict[str, str], known: Known | None) -> Draft:
    """Writes the fields into the draft that the window began with; it must be one that `by` may write in.

    When another window has written there meanwhile, or began the place's draft first, this text becomes a draft of
    its own beside it: both are kept. The same fields again change nothing. Locks the author, then the drafts.
    Raises PermissionDenied when it is too long or one draft too many.
    """
    if sum(map(len, fields.values())) > rules.DRAFT_MAX:
        raise PermissionDenied(_("Not saved: this is too long for a draft."))
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        drafts = list(at(place, by).select_for_update())
        if same := next((draft for draft in drafts if draft.fields == fields), None):
            return same
        begun = next((draft for draft in drafts if known == Known(draft.pk, draft.version)), None)
        if begun is None:
            _check_room(len(drafts), by)
            number = _free_number([draft.number for draft in drafts])
            draft = Draft(author=by, kind=place.kind, number=number, fields=fields, **place.columns)
            draft.save()
            return draft
        begun.fields, begun.saved_at = fields, timezone.now()
        begun.version += 1
        begun.save(update_fields=["fields", "saved_at", "version"])
    return begun


def _check_room(here: int, by: User) -> None:
    if here >= rules.DRAFTS_AT_PLACE:
        raise PermissionDenied(_("Not saved: you have %(n)s drafts of this already. Delete one of them.") % {"n": here})
    if (n := Draft.objects.of(by).count()) >= rules.DRAFTS_MAX:
        raise PermissionDenied(_("Not saved: you have %(n)s drafts. Delete those that you no longer want.") % {"n": n})


def _free_number(taken: list[int]) -> int:
    return next(number for number in count(1) if number not in taken)


@contextmanager
def closing_draft(sent: Mapping[str, str], *, by: User) -> Iterator[None]:
    """One transaction in which a text is published and the draft it came from is gone, or neither.

    A draft that another window has written in since stays.
    """
    with transaction.atomic():
        yield
        known = Known.read(sent.get("draft", ""))
        draft = Draft.objects.filter(author=by, pk=known.pk).select_for_update().first() if known else None
        if draft and known and (draft.version == known.version or draft.fields == texts_of(sent)):
            draft.delete()


def answered_by(post: Post, *, by: User, sent: Mapping[str, str]) -> Draft | None:
    """Notes that the post answers what `by` was about to ask, once, and puts their draft away.

    The draft is as they have it before them, saved or not; `restore_draft` brings it back. None when it is empty.
    """
    with transaction.atomic():
        Deflection.objects.get_or_create(post=post, person=by)
        fields = texts_of(sent)
        if not says_something(fields):
            return None
        place = Place(DraftKind.POST, post.community)
        draft = save_draft(place, by=by, fields=fields, known=Known.read(sent.get("draft", "")))
        delete_draft(draft, by=by)
    return draft


def delete_draft(draft: Draft, *, by: User) -> None:
    """Takes one's own draft out of sight; for a day `restore_draft` brings back the last few. Idempotent."""
    with transaction.atomic():
        Draft.objects.of(by).filter(pk=draft.pk).update(deleted_at=timezone.now())
        beyond = Draft.objects.deleted_by(by)[rules.DRAFTS_DELETED_KEPT :]
        Draft.objects.filter(pk__in=list(beyond.values_list("pk", flat=True))).delete()


def restore_draft(draft: Draft, *, by: User) -> None:
    """Brings it back, beside what was written there since. Idempotent. Locks the author."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        gone = Draft.objects.deleted_by(by).filter(pk=draft.pk).first()
        if gone is None:
            return
        columns = ("kind", "community_id", "post_id", "answer_id", "comment_id", "suggestion_id")
        place = {name: getattr(gone, name) for name in columns}
        numbers = Draft.objects.of(by).filter(**place).values_list("number", flat=True)
        gone.number, gone.deleted_at = _free_number(list(numbers)), None
        gone.save(update_fields=["number", "deleted_at"])
