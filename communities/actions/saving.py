"""Keeping lists under a name, and beginning with one of them."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities import rules
from communities.models import SavedList


def save_list(*, by: User, name: str, address: str) -> SavedList:
    """Keeps the address under the name; one that the member used before now means this list. Locks the member."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        others = SavedList.objects.of(by).exclude(name=name)
        if others.count() >= rules.LISTS_MAX:
            raise PermissionDenied(_("You keep %(n)d lists already; delete one first.") % {"n": rules.LISTS_MAX})
        saved, _is_new = SavedList.objects.update_or_create(owner=by, name=name, defaults={"address": address})
    return saved


def begin_with(saved: SavedList | None, *, by: User) -> None:
    """The member's feed opens with this list; None: with the usual one. Idempotent. Locks the member."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        mine = SavedList.objects.of(by)
        mine.filter(default_since__isnull=False).update(default_since=None)
        if saved is not None:
            mine.filter(pk=saved.pk).update(default_since=timezone.now())
