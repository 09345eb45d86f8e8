"""Pages and workers of a local run over a database of the benchmark, for questions that go the whole way."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from bench.place import FOLDER, ROOT, end, wait_until_ready
from config.local.ports import any_free_port
from config.local.processes import open_log, spawn

WANTED = ("web", "ingest", "ocr", "answers")


@contextmanager
def served(**settings: str) -> Iterator[dict[str, int]]:
    """Process numbers by name; where they listen is `SITE_URL`. Inside `bench.retrieval.database`; sets
    Django up."""
    port = any_free_port()
    os.environ |= {"PORT": str(port), "SITE_URL": f"http://localhost:{port}"} | settings
    import django

    django.setup()
    from config.management.commands.up import programs

    started: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for program in programs(port=str(port)):
            if program.name in WANTED:
                with open_log(FOLDER / "log" / f"{program.name}.log") as log:
                    environment = os.environ | program.environment
                    started[program.name] = spawn(program.command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        wait_until_ready(port)
        yield {name: process.pid for name, process in started.items()}
    finally:
        end(list(started.values()))
