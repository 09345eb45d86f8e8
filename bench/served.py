"""Pages and workers of a local run over a database of the benchmark, for questions that go the whole way."""

import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bench.place import FOLDER, READY_SECONDS, ROOT
from config.local.ports import any_free_port
from config.local.processes import kill_group, open_log, send, spawn, wait_all

WANTED = ("web", "ingest", "ocr", "answers")


@contextmanager
def served(**settings: str) -> Iterator[dict[str, int]]:
    """Process numbers by name; where they listen is `SITE_URL`. Inside `bench.retrieval.database`; sets
    Django up."""
    port = str(any_free_port())
    os.environ |= {"PORT": port, "SITE_URL": f"http://localhost:{port}"} | settings
    import django

    django.setup()
    from config.management.commands.up import programs

    started: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for program in programs(port=port):
            if program.name in WANTED:
                with open_log(FOLDER / "log" / f"{program.name}.log") as log:
                    environment = os.environ | program.environment
                    started[program.name] = spawn(program.command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        _wait_until_ready(f"http://localhost:{port}/healthz")
        yield {name: process.pid for name, process in started.items()}
    finally:
        for process in started.values():
            send(process, signal.SIGTERM)
        wait_all(list(started.values()), seconds=5)
        for process in started.values():
            kill_group(process)


def _wait_until_ready(address: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.2)
    raise SystemExit(f"The pages did not start; their log is {FOLDER / 'log' / 'web.log'}.")
