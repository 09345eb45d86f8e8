"""Doors for Celery."""

from celery import shared_task

from webhooks import log


@shared_task(ignore_result=True)
def send_to_webhook(pk: int) -> None:
    """What is due to it."""
    from webhooks.sending import send_due  # brings all of the API, which no web process needs for this

    if send_due(pk):
        send_to_webhook.delay(pk)


@shared_task(ignore_result=True)
def forget_deliveries() -> None:
    log.forget_deliveries()
