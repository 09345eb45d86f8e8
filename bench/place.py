"""Everything that is measured: database, Redis, web and worker processes, run as in production."""

import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from config.local.environment import jwt_key
from config.local.ports import any_free_port
from config.local.processes import kill_group, open_log, send, spawn, wait_all
from config.local.services import Services

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "bench"
LOCAL = {"SITE_URL": "http://localhost:8000", "DEBUG": "false"}
WEB_PROCESSES = 2
READY_SECONDS = 60


@dataclass(frozen=True)
class Site:
    """Process numbers of the parts, and where the web processes listen."""

    port: int
    web: int
    worker: int
    database: int
    redis: int

    @property
    def request_processes(self) -> tuple[int, int, int]:
        """All that works on a request."""
        return self.web, self.database, self.redis


@contextmanager
def site(posts: int) -> Iterator[Site]:
    """Serve `posts` posts. The database of each amount is kept for the next time."""
    folder = FOLDER / f"posts-{posts}"
    port = any_free_port()
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)  # never fill somebody's own database
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "SITE_URL": f"https://localhost:{port}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "MAIL_URL": f"file:{FOLDER / 'mail'}",
        "DEBUG": "false",
        "JWT_KEYS": str(jwt_key()),
    }
    services = Services(folder)
    services.start()
    os.environ |= services.environment
    started: list[subprocess.Popen[bytes]] = []
    try:
        _fill(folder, posts)
        _run("-m", "django", "collectstatic", "--no-input", "--verbosity", "0")
        started = [_spawn("web", _web(port)), _spawn("worker", WORKER)]
        wait_until_ready(port)
        servers = {name: server.process.pid for name, server in services.servers.items()}
        yield Site(port, started[0].pid, started[1].pid, servers["DATABASE_URL"], servers["REDIS_URL"])
    finally:
        end(started)
        services.stop()


def _fill(folder: Path, posts: int) -> None:
    """Seeding is for local runs, so it gets the address of one."""
    _run("manage.py", "migrate", "--no-input", "--verbosity", "0", env=LOCAL)
    filled = folder / "filled"
    if not filled.exists():
        _run("manage.py", "seed_scale", "--posts", str(posts), env=LOCAL)
        filled.touch()


def _web(port: int) -> list[str]:
    return [
        *["-m", "granian", "--interface", "wsgi", "bench.wsgi:application", "--host", "127.0.0.1"],
        *["--port", str(port), "--workers", str(WEB_PROCESSES), "--blocking-threads", "4", "--log-level", "warning"],
    ]


WORKER = [
    *["-m", "celery", "--quiet", "--app", "config", "worker", "--loglevel", "warning"],
    *["--concurrency", "2", "--without-gossip", "--without-mingle"],
]


def _spawn(name: str, arguments: list[str]) -> subprocess.Popen[bytes]:
    with open_log(FOLDER / "log" / f"{name}.log") as log:
        environment = os.environ | {"CAIRN_PROCESS": name, "MALLOC_ARENA_MAX": "1"}
        return spawn([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=log, stderr=log)


def _run(*arguments: str, env: dict[str, str] | None = None) -> None:
    subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT, env=os.environ | (env or {}))


def wait_until_ready(port: int) -> None:
    """Until the pages answer there. Raises SystemExit."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": "localhost"})
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(request, timeout=5):
            return
        time.sleep(0.2)
    raise SystemExit(f"The web processes did not start; their log is {FOLDER / 'log' / 'web.log'}.")


def end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """All that they started, too."""
    for process in processes:
        send(process, signal.SIGTERM)
    wait_all(processes, seconds=5)
    for process in processes:
        kill_group(process)
