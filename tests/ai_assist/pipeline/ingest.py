"""The process that reads documents in a local run, started beside the tests: in their database, and to be killed."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import connection
from django.db.models import F
from redis import Redis

import outbox
from ai_assist import rules
from ai_assist.models import Document
from config.local.processes import kill_group, spawn
from config.management.commands.up import programs

AT_ONCE = "12"
"""Documents: more than in a local run, so that one kill hits workers at every stage."""
HOLD = """
    CREATE TABLE held (title text, state text);
    CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS (SELECT FROM held WHERE held.title = OLD.title AND held.state = OLD.state)
           AND OLD.heartbeat_at IS NOT NULL AND (NEW IS NULL OR NEW.lease = OLD.lease AND NEW.state <> 'failed')
        THEN PERFORM pg_advisory_xact_lock(1); END IF;
        RETURN coalesce(NEW, OLD);
    END $$;
    CREATE TRIGGER hold BEFORE UPDATE OR DELETE ON ai_assist_document FOR EACH ROW EXECUTE FUNCTION hold();
    SELECT pg_advisory_lock(1);
"""
LET_GO = "SELECT pg_advisory_unlock_all(); DROP FUNCTION IF EXISTS hold CASCADE; DROP TABLE IF EXISTS held"
HELD = """
    SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
WORKERS = "FROM pg_stat_activity WHERE application_name = 'cairn-worker' AND datname = current_database()"


@contextmanager
def holding(**titles: str) -> Iterator[None]:
    """Whoever has taken the document of this title waits at the end of this state, before it writes another."""
    rows(HOLD)
    try:
        for title, state in titles.items():
            hold(title, state)
        yield
    finally:
        rows(LET_GO)


def hold(title: str, state: str) -> None:
    let_go(title)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO held VALUES (%s, %s)", [title, state])


def let_go(title: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM held WHERE title = %s", [title])


def are_held(count: int) -> Callable[[], bool]:
    return lambda: rows(HELD) == [(count,)]


class Ingest:
    """Killed at the end of the `with` at the latest."""

    def __init__(self, log: Path) -> None:
        base = os.environ["DATABASE_URL"].rpartition("/")[0]
        program = next(program for program in programs(port="0") if program.name == "ingest")
        command = list(program.command)
        command[command.index("--concurrency") + 1] = AT_ONCE
        command[command.index("--queues") + 1] = "ingest,ocr"
        files = {
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}",
        }
        with log.open("ab") as output:
            environment = os.environ | files | program.environment
            self.process = spawn(command, env=environment, stdout=output, stderr=output)
        self.log = log

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> None:
        """SIGKILL; what it had asked the database for is given up, too, as if it had never been sent.

        What it had started ends by itself.
        """
        self.process.kill()
        self.process.wait()
        cut_connections()
        until(lambda: not self.has_left_some, seconds=10)
        try:
            assert not self.has_left_some
        finally:
            kill_group(self.process)

    @property
    def has_left_some(self) -> bool:
        """Processes that it had started still run."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, 0)
            return True
        return False

    def until(self, condition: Callable[[], bool], *, seconds: float = 60) -> None:
        until(lambda: condition() or self.process.poll() is not None, seconds=seconds)
        assert condition(), self.log.read_text(errors="replace")[-5000:]


def cut_connections() -> None:
    """Of all workers to the database, as when it begins anew."""
    cut = set(rows(f"SELECT pid {WORKERS}"))
    rows(f"SELECT pg_terminate_backend(pid) {WORKERS}")
    until(lambda: not cut & set(rows(f"SELECT pid {WORKERS}")), seconds=10)


def until(condition: Callable[[], bool], *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)


def minutes_later() -> None:
    """Whoever was killed has been silent long enough, and the sweep of that minute has come."""
    long = 2 * rules.TAKEN_WITHIN + timedelta(seconds=1)
    Document.objects.update(changed_at=F("changed_at") - long)
    Document.objects.exclude(heartbeat_at=None).update(heartbeat_at=F("heartbeat_at") - long)
    outbox.sweep()


def lose_all_messages() -> None:
    """Of the queues: as if Redis had begun anew."""
    with Redis.from_url(f"{settings.REDIS_URL}/2") as broker:
        for key in broker.scan_iter(match=f"{settings.REDIS_PREFIX}:*", count=1000):
            broker.delete(key)


def rows(question: str) -> list[tuple[int]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall() if cursor.description else []
