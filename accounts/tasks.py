"""Doors for Celery."""

from celery import shared_task
from django.core.management import call_command


@shared_task(ignore_result=True)
def forget_ended_sessions() -> None:
    """Of members, and of strangers for whom a text was kept."""
    call_command("clearsessions")
