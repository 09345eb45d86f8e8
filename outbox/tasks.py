"""Doors for Celery: one mail on its way, and the sweep."""

from celery import shared_task
from django.core.cache import cache

import outbox
from outbox.mail import deliver, forget_given_up

WORKER_SEEN_KEY = "worker-seen"
WORKER_SEEN_SECONDS = 150


@shared_task(ignore_result=True)
def send_mail(pk: int) -> None:
    deliver(pk)


@shared_task(ignore_result=True)
def sweep() -> None:
    """Each minute: queues what nobody took, and leaves the sign by which /readyz knows that workers work."""
    cache.set(WORKER_SEEN_KEY, True, WORKER_SEEN_SECONDS)
    outbox.sweep()
    forget_given_up()
