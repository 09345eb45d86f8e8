"""Doors for Celery."""

import logging

from celery import shared_task
from django.utils import timezone

from gamification import releasing, settling
from gamification.achievements import rarity, weighing
from gamification.boards import ranks, scores
from gamification.fairness import cases, patterns
from gamification.recomputing.slices import Whom, recompute
from gamification.rules import ACTED_JUST_NOW, RECOMPUTED_A_NIGHT
from gamification.streaks import flame, reminding
from outbox import enqueue

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def settle_what_stood() -> None:
    settling.settle_what_stood()


@shared_task(ignore_result=True)
def settle_some() -> None:
    settling.settle_some(night=timezone.now().toordinal())


@shared_task(ignore_result=True)
def release_votes(membership: int | None = None) -> None:
    """Of this member; of all whose time has come."""
    releasing.release(membership)


@shared_task(ignore_result=True)
def refresh_scores(user: int) -> None:
    """Whose XP changed may also have reached an achievement: looked at from here, so that a vote queues one task."""
    if scores.refresh(user):
        enqueue(weigh_member, user)


@shared_task(ignore_result=True)
def rebuild_rungs() -> None:
    ranks.rebuild_rungs()


@shared_task(ignore_result=True)
def recompute_some() -> None:
    """A part of all members each night; who of them differs from the ledger is an error, and is mended."""
    part = Whom(part=timezone.now().date().toordinal() % RECOMPUTED_A_NIGHT, parts=RECOMPUTED_A_NIGHT)
    found = [difference for some in recompute(part, is_trial=True) for difference in some.found]
    for difference in found:
        logger.error("not what the ledger says: %s", difference)
    if found:
        list(recompute(part, is_trial=False))


@shared_task(ignore_result=True)
def kindle(pk: int) -> None:
    flame.kindle(pk)


@shared_task(ignore_result=True)
def kindle_by_night() -> None:
    flame.kindle_by_night()


@shared_task(ignore_result=True)
def remind_at_their_hour() -> None:
    reminding.remind_at_their_hour()


@shared_task(ignore_result=True)
def weigh_member(pk: int) -> None:
    """Gives them the achievements that they reached."""
    weighing.weigh([pk], active_within=ACTED_JUST_NOW)


@shared_task(ignore_result=True)
def weigh_by_night() -> None:
    """Then says how rare each is."""
    weighing.weigh_by_night()
    rarity.measure_rarity()


@shared_task(ignore_result=True)
def look_for_favours() -> None:
    for finding in patterns.found_by_night():
        cases.open_case(finding)


@shared_task(ignore_result=True)
def look_for_rings() -> None:
    for finding in patterns.found_by_week():
        cases.open_case(finding)
