"""`manage.py up`: the whole of Cairn on this machine, until Ctrl-C."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from communities.demo import ACCOUNTS, PASSWORD
from communities.models import Community
from config.local import environment
from config.local.supervisor import Ended, Program, Supervisor


class Command(BaseCommand):
    help = "Runs Cairn on this machine: services, pages, worker and timetable, until Ctrl-C."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        services = environment.own_services
        if services is None:
            raise CommandError("`up` is for a local run; SITE_URL names an installation for others.")
        if is_behind():
            call_command("migrate", interactive=False)
        if not Community.objects.exists():
            with transaction.atomic():  # all or nothing: half a demo would count as communities of one's own
                call_command("seed_demo")
        accounts = demo_accounts()
        connections.close_all()
        supervisor = Supervisor(services, programs(port=os.environ["PORT"]))
        try:
            supervisor.run(
                address=f"http://127.0.0.1:{os.environ['PORT']}/healthz",
                when_ready=lambda: self.announce(accounts),
            )
        except Ended as error:
            raise CommandError(str(error)) from None

    def announce(self, accounts: list[str]) -> None:
        """What someone needs now: where, as whom, where the mails are, how to end it."""
        self.stdout.write(f"\n  Cairn is ready:  {settings.SITE_URL}\n")
        if accounts:
            self.stdout.write(f"  Sign in as       {', '.join(accounts)} (password {PASSWORD})\n")
        self.stdout.write("  Mails are files  var/mail\n  Stop with        Ctrl-C\n\n")
        self.stdout.flush()


def is_behind() -> bool:
    """Whether a migration waits. Asking costs a tenth of what `migrate` does when there is nothing to do."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def demo_accounts() -> list[str]:
    """The demo members that this database holds."""
    members = get_user_model().objects.filter(username__in=ACCOUNTS)
    return sorted(members.values_list("username", flat=True))


def programs(*, port: str) -> list[Program]:
    """Pages, worker and timetable."""
    celery = [sys.executable, "-m", "celery", "--quiet", "--app", "config"]
    return [
        Program(
            "web",
            [
                *[sys.executable, "-m", "granian", "--interface", "asginl", "config.asgi:application"],
                *["--host", "127.0.0.1", "--port", port, "--workers", "1"],
                *["--workers-kill-timeout", "2", "--log-level", "warning"],
                *["--access-log", "--access-log-fmt", "%(method)s %(path)s %(status)d %(dt_ms).0f ms"],
            ],
            colour=36,
            environment={"MALLOC_ARENA_MAX": "1"},  # one heap instead of one a thread: 7 MB less in each process
        ),
        Program(
            "worker",
            [
                *celery,
                *["worker", "--loglevel", "info", "--concurrency", "2"],
                *["--without-gossip", "--without-mingle"],
            ],
            colour=33,
            environment={"CAIRN_PROCESS": "worker"},
        ),
        Program(
            "ingest",
            [
                *celery,
                *["worker", "--loglevel", "info", "--queues", "ingest", "--hostname", "ingest@%h"],
                *["--pool", "threads", "--concurrency", "2"],  # that share one model
                *["--without-gossip", "--without-mingle"],
            ],
            colour=32,
            environment={"CAIRN_PROCESS": "worker"},
        ),
        Program(
            "ocr",  # a scan takes minutes: nobody waits for it but who sent it
            [
                *celery,
                *["worker", "--loglevel", "info", "--queues", "ocr", "--hostname", "ocr@%h"],
                *["--pool", "threads", "--concurrency", "1"],
                *["--without-gossip", "--without-mingle"],
            ],
            colour=31,
            environment={"CAIRN_PROCESS": "worker", "MALLOC_ARENA_MAX": "1"},
        ),
        Program(
            "answers",
            [
                *celery,
                *["worker", "--loglevel", "info", "--pool", "threads", "--concurrency", "4", "--queues", "answers"],
                *["--hostname", "answers@%h", "--without-gossip", "--without-mingle"],
            ],
            colour=34,
            environment={"CAIRN_PROCESS": "worker", "MALLOC_ARENA_MAX": "1"},
        ),
        Program(
            "webhooks",  # programs of others answer when they like: nobody here waits for them
            [
                *celery,
                *["worker", "--loglevel", "info", "--pool", "threads", "--concurrency", "4", "--queues", "webhooks"],
                *["--hostname", "webhooks@%h", "--without-gossip", "--without-mingle"],
            ],
            colour=37,
            environment={"CAIRN_PROCESS": "worker", "MALLOC_ARENA_MAX": "1"},
        ),
        Program(
            "beat",
            [
                *celery,
                *["beat", "--loglevel", "warning", "--scheduler", "celery.beat:Scheduler"],
                *["--schedule", str(environment.VAR / "celerybeat-schedule")],
            ],
            colour=35,
            environment={"CAIRN_PROCESS": "worker"},
        ),
    ]
