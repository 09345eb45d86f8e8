"""Doors for Celery."""

from celery import shared_task
from django.contrib.sessions.models import Session
from django.core.management import call_command

from accounts.address.moving import forget_old_changes
from accounts.attempts import forget_old_attempts
from accounts.models import Grant
from accounts.sessions import forget_ended


@shared_task(ignore_result=True)
def forget_ended_sessions() -> None:
    """Of members, of strangers for whom a text was kept, and of programs that signed in; and what
    programs were answered a day ago, and which addresses somebody once wanted to move to."""
    call_command("clearsessions")
    Grant.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    forget_old_attempts()
    forget_old_changes()
    forget_ended()


@shared_task(ignore_result=True)
def make_export(pk: int) -> None:
    from accounts.mydata import work  # what it calls imports these doors

    work.make_export(pk)


@shared_task(ignore_result=True)
def forget_exports() -> None:
    from accounts.mydata.asking import forget_old_exports

    forget_old_exports()


@shared_task(ignore_result=True)
def erase_member(pk: int) -> None:
    from accounts.leaving import erasing  # what it calls imports these doors

    erasing.erase_member(pk)
