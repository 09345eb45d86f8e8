"""Doors for Celery."""

from celery import shared_task
from django.db import transaction

from gamification import ledger, releasing, settling, summing


@shared_task(ignore_result=True)
def settle_what_stood() -> None:
    settling.settle_what_stood()


@shared_task(ignore_result=True)
def release_votes(membership: int | None = None) -> None:
    """Of this member; of all whose time has come."""
    releasing.release(membership)


@shared_task(ignore_result=True)
def sum_up_member(pk: int) -> None:
    with transaction.atomic():
        ledger.lock_people([pk])
        summing.sum_up([], also=[pk])
