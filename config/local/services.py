"""PostgreSQL and Valkey of this checkout: started by whoever needs them first, found by everyone after."""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from config.local.postgres import Postgres, PostgresFailed
from config.local.processes import write_private
from config.local.valkey import Valkey, ValkeyFailed

if sys.platform != "win32":
    import fcntl

VARIABLES = ("DATABASE_URL", "REDIS_URL")
WAIT_FOR_OWNER_SECONDS = 60.0
Failed = (PostgresFailed, ValkeyFailed)


class InUse(Exception):
    """Another living process owns the services of this folder."""


class Services:
    """The servers that this process owns; their addresses are in `services.json` of the folder (0600) while they run.

    The owner holds a lock on `services.lock`, which the system lets go however the owner ends. An address that
    the environment already holds is used as it is, and nothing is started for it.
    """

    def __init__(self, folder: Path, *, is_durable: bool = True) -> None:
        self.folder = folder
        self.is_durable = is_durable
        self.servers: dict[str, Postgres | Valkey] = {}
        self.notes: dict[str, Any] = {"owner": os.getpid()}
        self._lock: IO[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The addresses of what was started, by variable."""
        return {name: server.url for name, server in self.servers.items()}

    def start(self) -> None:
        """Start what the environment does not name. Raises InUse when another process owns this folder."""
        self._take_lock()
        try:
            if not os.environ.get("DATABASE_URL"):
                self._start("DATABASE_URL", Postgres(self.folder, is_durable=self.is_durable))
            if not os.environ.get("REDIS_URL"):
                self._start("REDIS_URL", Valkey(self.folder, is_durable=self.is_durable))
        except BaseException:
            self.stop()
            raise
        self.note()

    def note(self, **more: Any) -> None:
        """Write down what other commands need to find these services, the addresses of the environment included."""
        given = {name: os.environ[name] for name in VARIABLES if os.environ.get(name)}
        self.notes |= more | {"environment": given | self.environment}
        write_private(self.folder / "services.json", json.dumps(self.notes, indent=2))

    def ended(self) -> list[str]:
        """The names of the servers that have died by themselves."""
        return [type(server).__name__ for server in self.servers.values() if server.process.poll() is not None]

    def stop(self) -> None:
        """Stop in order; nobody finds them from the first moment on."""
        (self.folder / "services.json").unlink(missing_ok=True)
        for server in self.servers.values():
            server.stop()
        self._let_go()

    def kill(self) -> None:
        """End them at once."""
        (self.folder / "services.json").unlink(missing_ok=True)
        for server in self.servers.values():
            server.kill()
        self._let_go()

    def _start(self, name: str, server: Postgres | Valkey) -> None:
        server.start()
        self.servers[name] = server

    def _take_lock(self) -> None:
        if sys.platform == "win32":
            raise PostgresFailed("On Windows use WSL, or set DATABASE_URL and REDIS_URL to servers of your own.")
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = (self.folder / "services.lock").open("ab")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._let_go()
            raise InUse(f"Another process uses {self.folder}.") from None
        (self.folder / "services.json").unlink(missing_ok=True)

    def _let_go(self) -> None:
        if self._lock:
            self._lock.close()


def find_running(folder: Path) -> dict[str, Any] | None:
    """What the living owner has written down, else nothing: none yet, or a note of one that was killed."""
    try:
        notes: dict[str, Any] = json.loads((folder / "services.json").read_text(encoding="utf-8"))
        os.kill(notes["owner"], 0)
    except (OSError, ValueError):
        return None
    return notes


def start_or_find(folder: Path) -> tuple[Services | None, dict[str, Any]]:
    """The services that this process now owns and their notes, or None and the notes of another process."""
    deadline = time.monotonic() + WAIT_FOR_OWNER_SECONDS
    while True:
        services = Services(folder)
        with suppress(InUse):
            services.start()
            return services, services.notes
        notes = find_running(folder)
        if notes:
            return None, notes
        if time.monotonic() > deadline:
            raise PostgresFailed(f"Another process keeps {folder / 'services.lock'} but offers no services; end it.")
        time.sleep(0.1)
