"""Keeping lists under a name, beginning with one of them, and telling what is new in them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import Said
from accounts.models import User
from communities import rules
from communities.actions.unfit import Unfit
from communities.listed import count_new
from communities.models import SavedList
from notifications.actions import notify, withdraw
from notifications.models import Kind


def save_list(*, by: User, name: str, address: str) -> SavedList:
    """Keeps the address under the name; one that the member used before now means this list. Locks the member."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        others = SavedList.objects.of(by).exclude(name=name)
        if others.count() >= rules.LISTS_MAX:
            raise Unfit(_("You keep %(n)d lists already; delete one first.") % {"n": rules.LISTS_MAX})
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


def hear_of_list(saved: SavedList, *, by: User, is_wanted: bool) -> None:
    """From now on the member is told once a day what is new in the list, or no longer. Idempotent."""
    mine = SavedList.objects.of(by).filter(pk=saved.pk)
    if is_wanted:
        mine.filter(news_since=None).update(news_since=timezone.now())
    else:
        mine.update(news_since=None)


def delete_list(saved: SavedList, *, by: User) -> None:
    """With what was told of it. Idempotent."""
    with transaction.atomic():
        SavedList.objects.of(by).filter(pk=saved.pk).delete()
        withdraw(url=saved.permanent_url, recipient=by)


def tell_of_list(pk: int) -> None:
    """Tells the owner in one sentence how much is new in the list, if anything. What was told once is not new.

    The sentence names no post, so nothing has to be taken back. What is being published just now waits for the next.
    """
    with transaction.atomic():
        due = SavedList.objects.with_news_due().select_for_update(no_key=True, of=("self",), skip_locked=True)
        saved = due.select_related("owner").filter(pk=pk).first()
        if saved is None or saved.news_since is None:
            return
        since, saved.news_since = saved.news_since, timezone.now() - rules.TAKEN_WITHIN
        saved.save(update_fields=["news_since"])
        if count := count_new(saved, since, saved.news_since):
            shown = str(count) if count < rules.LIST_NEWS_MAX else f"{count - 1}+"
            words = {"name": saved.name, "count": shown}
            title = Said(gettext_lazy("New in your list “%(name)s”: %(count)s"), words)
            notify(saved.owner, Kind.POST, title=title, url=saved.permanent_url)
