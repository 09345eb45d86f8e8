"""What the tests of the local run ask the system: which processes belong to a folder, and when they are gone."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

LONGEST_SECONDS = 240.0
needs_proc = pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="reads /proc to find processes")


def living_in(folder: Path) -> dict[int, str]:
    """The command lines of the living processes whose current folder is this one or below it, by process number."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (entry / "cwd").resolve().is_relative_to(folder.resolve()):
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


def wait_until_none_lives_in(folder: Path, *, seconds: float) -> dict[int, str]:
    """What still lives there when the time is over; empty as soon as nothing does."""
    deadline = time.monotonic() + seconds
    while (left := living_in(folder)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def kill_all_in(folder: Path) -> None:
    """After a failed test nothing may stay behind."""
    for pid in living_in(folder):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _hear_interrupts() -> None:
    """A shell starts what it runs in the background with SIGINT ignored, and that would be inherited."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Started:
    """A command whose output is read line by line while it runs; killed when it takes far too long."""

    def __init__(self, command: list[str], *, folder: Path, environment: dict[str, str]) -> None:
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            preexec_fn=_hear_interrupts,
        )
        watchdog = threading.Timer(LONGEST_SECONDS, self.process.kill)
        watchdog.daemon = True
        watchdog.start()

    @property
    def output(self) -> str:
        return "".join(self.lines)

    def read_until(self, text: str) -> str:
        """The line that holds the text. Fails with everything printed so far when the command ends before."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            if text in line:
                return line
        raise AssertionError(f"ended with {self.process.wait()} before printing {text!r}:\n{self.output}")

    def interrupt(self) -> float:
        """Press Ctrl-C; the seconds until the command has ended."""
        begin = time.monotonic()
        os.killpg(self.process.pid, signal.SIGINT)
        self.finish()
        return time.monotonic() - begin

    def finish(self) -> int:
        """Read on to the end; the status."""
        assert self.process.stdout
        self.lines += self.process.stdout.readlines()
        return self.process.wait()
