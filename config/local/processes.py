"""Starts and ends child processes so that none outlives its parent, however that one dies."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def spawn(
    command: Sequence[str | os.PathLike[str]],
    *,
    on_orphaned: signal.Signals = signal.SIGTERM,
    before: Callable[[], None] | None = None,
    **options: Any,
) -> subprocess.Popen[bytes]:
    """Start the command in a session of its own, so that Ctrl-C in the terminal does not reach it.

    On Linux the kernel sends it `on_orphaned` when the thread that called this ends, so call it from the main
    thread. `before` runs in the child first: the kernel forgets the signal when the process changes its user.
    """
    parent = os.getpid()

    def prepare() -> None:
        if before:
            before()
        if _libc:
            _libc.prctl(PR_SET_PDEATHSIG, on_orphaned.value)
            if os.getppid() != parent:
                os._exit(1)

    return subprocess.Popen(command, start_new_session=True, preexec_fn=prepare, **options)


def send(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal the process alone, if it still runs."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            process.send_signal(number)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and everything that it started in its group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_all(processes: Sequence[subprocess.Popen[bytes]], *, seconds: float) -> bool:
    """Whether all have ended within the time."""
    deadline = time.monotonic() + seconds
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            return False
    return True


def command_line(pid: int) -> str:
    """What the process was started as; empty when there is none."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    with suppress(OSError):
        return subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout
    return ""


def write_private(path: Path, text: str) -> None:
    """Write the file so that nobody else can read it at any moment, and readers see the old or the new whole."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def open_log(path: Path) -> IO[bytes]:
    """An empty log file for a new process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("wb")


def last_lines(path: Path, count: int = 5) -> str:
    """The end of a log, for the sentence that says why a process did not start."""
    with suppress(OSError):
        return "\n".join(path.read_text(errors="replace").splitlines()[-count:])
    return ""
