"""Doors for Celery."""

import logging

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from communities import rules
from communities.actions import bookmarking, calling, following, purging, redacting, saving
from communities.actions.locking import lock_content
from communities.actions.picturing import remove_unused_picture
from communities.counts import recount_community, recount_votes, with_drifted_votes
from communities.judgements import has_enough_reports, recount_judgements
from communities.models import Answer, Bookmark, Community, Draft, Membership, Picture, Post, SavedList
from communities.reading import lock_voted
from communities.searching import rewording
from communities.trust import earned, records, who_was_there
from communities.warmth import heat_posts

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def forget_redacted_texts() -> None:
    redacting.forget_redacted_texts()


@shared_task(ignore_result=True)
def purge_deleted_texts() -> None:
    """What its author deleted; spam, what breaks the law, what gives away personal data."""
    purging.purge_deleted()


@shared_task(ignore_result=True)
def raise_trust() -> None:
    """Gives those who were there lately the trust that they have earned; takes none away."""
    for member, record in records(who_was_there(rules.TRUST_LOOKS_BACK)):
        level = earned(record)
        Membership.objects.filter(pk=member.pk, trust_level__lt=level).update(trust_level=level)


@shared_task(ignore_result=True)
def heat_posts_often() -> None:
    heat_posts()


@shared_task(ignore_result=True)
def recount_votes_nightly() -> None:
    """Recounts what differs from its votes and says so: a drift is a fault to be found, not a thing to live with."""
    for model in (Post, Answer):
        for pk in with_drifted_votes(model):
            with transaction.atomic():
                content = lock_voted(model._base_manager.get(pk=pk))
                logger.warning("%s %s: %s up, %s down was wrong", model.__name__, pk, content.up, content.down)
                recount_votes(content)
    for pk in Community.objects.values_list("pk", flat=True).iterator():
        with transaction.atomic():
            recount_community(Community.objects.select_for_update(no_key=True).get(pk=pk))


@shared_task(ignore_result=True)
def remove_unused_pictures() -> None:
    """Those that were added for a text that nobody saved."""
    before = timezone.now() - rules.PICTURE_UNUSED_FOR
    for picture in Picture.objects.unused().filter(created_at__lt=before).iterator():
        remove_unused_picture(picture)


@shared_task(ignore_result=True)
def forget_drafts() -> None:
    """The old ones, and those deleted for good."""
    Draft.objects.forgotten(timezone.now()).delete()


@shared_task(ignore_result=True)
def tell_followers(pk: int) -> None:
    """Of a new post or answer."""
    following.tell_followers(pk)


@shared_task(ignore_result=True)
def refresh_stale_answers() -> None:
    """What was said against an answer counts for half a year; then the answer is no longer stale."""
    for answer in Answer.objects.filter(stale_at__isnull=False).iterator():
        with transaction.atomic():
            locked = lock_content(answer)
            if not has_enough_reports(locked):
                recount_judgements(locked)


@shared_task(ignore_result=True)
def reword_posts(pk: int) -> None:
    """Of a community that has changed its language."""
    rewording.reword_posts(pk)


@shared_task(ignore_result=True)
def tell_everyone(pk: int) -> None:
    """That a moderator calls all members."""
    calling.tell_everyone(pk)


@shared_task(ignore_result=True)
def remind_of_bookmarks() -> None:
    """Every quarter of an hour: a day begins at another time in every zone."""
    for pk in Bookmark.objects.due():
        bookmarking.remind(pk)


@shared_task(ignore_result=True)
def forget_removed_bookmarks() -> None:
    bookmarking.forget_removed_bookmarks()


@shared_task(ignore_result=True)
def tell_of_lists() -> None:
    """What is new in lists, to those who want to hear of it."""
    for pk in SavedList.objects.with_news_due().values_list("pk", flat=True):
        saving.tell_of_list(pk)
