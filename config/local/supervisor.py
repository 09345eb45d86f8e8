"""Keeps the programs of a local run together: starts them, prefixes what they print, ends all when one ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from config.local.processes import kill_group, send, spawn, wait_all
from config.local.services import Services

LOOK_SECONDS = 0.2
READY_SECONDS = 90.0
GRACE_SECONDS = 3.0


class Ended(Exception):
    """A program ended by itself; the message names it."""


@dataclass(frozen=True)
class Program:
    """One thing to run, and the colour number of its lines on a terminal."""

    name: str
    command: list[str]
    colour: int
    environment: dict[str, str] = field(default_factory=dict)


class Supervisor:
    """Runs the programs beside the services until one of them ends or Ctrl-C is pressed.

    The first program is the one that answers at the address; the others wait for it, since all of them need
    the processor for seconds before they do anything.
    """

    def __init__(self, services: Services, programs: list[Program]) -> None:
        self.services = services
        self.programs = programs
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self._readers: list[threading.Thread] = []
        self._guard: subprocess.Popen[bytes] | None = None

    def run(self, *, address: str, when_ready: Callable[[], None]) -> None:
        """Start all, call `when_ready` once the address answers, then watch. Raises Ended, after stopping all."""
        try:
            self._start_guard()
            self._start(self.programs[0])
            self._wait_until_ready(address)
            when_ready()
            for program in self.programs[1:]:
                self._start(program)
            while True:
                self._look()
                time.sleep(LOOK_SECONDS)
        except KeyboardInterrupt:
            pass
        finally:
            self._stop()

    def _start_guard(self) -> None:
        """Not through spawn: the guard must live when this process does not."""
        command = [sys.executable, "-S", "-E", str(Path(__file__).with_name("guard.py"))]
        self._guard = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
        for server in self.services.servers.values():
            self._report(server.process)

    def _report(self, child: subprocess.Popen[bytes]) -> None:
        if self._guard and self._guard.stdin:
            self._guard.stdin.write(b"%d\n" % child.pid)
            self._guard.stdin.flush()

    def _start(self, program: Program) -> None:
        child = spawn(
            program.command,
            env=os.environ | {"PYTHONUNBUFFERED": "1"} | program.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.children[program.name] = child
        self._report(child)
        reader = threading.Thread(target=_print_lines, args=(program, child.stdout), daemon=True)
        reader.start()
        self._readers.append(reader)

    def _wait_until_ready(self, address: str) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            self._look()
            with suppress(OSError), urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own http address
                return
            time.sleep(LOOK_SECONDS)
        raise Ended(f"{address} did not answer within {READY_SECONDS:.0f} seconds.")

    def _look(self) -> None:
        for name, child in self.children.items():
            if child.poll() is not None:
                raise Ended(f"{name} ended by itself (status {child.returncode}); everything else was stopped.")
        for name in self.services.ended():
            raise Ended(f"{name} ended by itself; everything else was stopped. Its log is in var/log.")

    def _stop(self) -> None:
        """In order and within seconds; at once when Ctrl-C is pressed again."""
        try:
            print("Stopping …", flush=True)
            for child in self.children.values():
                send(child, signal.SIGTERM)
            wait_all(list(self.children.values()), seconds=GRACE_SECONDS)
            self._kill_groups()
            self.services.stop()
        except KeyboardInterrupt:
            self._kill_groups()
            self.services.kill()
        if self._guard:
            self._guard.communicate()
        for reader in self._readers:
            reader.join(timeout=1)

    def _kill_groups(self) -> None:
        """Also what a program has started and left behind."""
        for child in self.children.values():
            kill_group(child)


def _print_lines(program: Program, output: IO[bytes] | None) -> None:
    """One thread a child: a full pipe would stop it."""
    prefix = f"{program.name:>7} |"
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        prefix = f"\033[{program.colour}m{prefix}\033[0m"
    for line in output or ():
        text = line.decode(errors="replace").rstrip()
        if text:
            sys.stdout.write(f"{prefix} {text}\n")
            sys.stdout.flush()
