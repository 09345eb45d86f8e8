"""The process that reads a document, as the one sees it that started it: what it says, and how it ended."""

import json
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, BinaryIO, Self

from . import limits
from .blocks import Code, Unreadable

PROGRAM = Path(__file__).with_name("child.py")
LINE_MAX = 64 * limits.MEGABYTE
LENGTH = 8
"""Bytes before each thing that is sent, which say how long it is."""
PIPE = subprocess.PIPE
ENDED_BY: Mapping[str, Code] = {
    "SIGXCPU": "timeout",
    "SIGKILL": "memory",  # by the system, when there was none left: our own reason is known
    "SIGABRT": "memory",  # so end libraries that get none
    "SIGTRAP": "memory",
}
"""What a signal means that ended it. Any other one: the document made a library stumble."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rights:
    """What is left to it. Only the decoder of HEIC cannot do without threads, which count as processes; what it may
    start has no more rights than itself."""

    memory: int
    cpu_seconds: int
    may_fork: bool = False


class Child:
    """Started with the file as its standard input, or `PIPE` for what is sent later; ended with the `with`."""

    def __init__(
        self, job: dict[str, object], file: BinaryIO | int, rights: Rights, *, password: str | None = None
    ) -> None:
        """The password is not among the arguments, which other users of the machine may list."""
        self.left: float = limits.SECONDS
        self.is_late = False
        if not isinstance(file, int):
            file.seek(0)  # the position is shared, too
        self.process = subprocess.Popen(  # noqa: S603 - always the same program
            [sys.executable, "-I", str(PROGRAM), json.dumps(job | asdict(rights))],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={} if password is None else {"PASSWORD": password},
            cwd="/",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()

    def line(self) -> dict[str, Any]:
        """The next thing it says. Raises Unreadable when it ends instead, and RuntimeError when that is our fault."""
        said = self._patiently(lambda: self._output.readline(LINE_MAX))
        if not said.endswith(b"\n"):
            raise self._end()
        answer: dict[str, Any] = json.loads(said)
        if "because" in answer:
            _LOG.info("A document could not be read: %s", answer["because"])
        return answer

    def content(self, size: int) -> bytes:
        """What follows a line that announced it."""
        content = self._patiently(lambda: self._output.read(size))
        if len(content) < size:
            raise self._end()
        return content

    def send(self, content: bytes) -> None:
        """To one that was started with a pipe. That it has ended is told by the next line."""
        with suppress(BrokenPipeError):
            self._patiently(lambda: self._write(len(content).to_bytes(LENGTH) + content))

    def _write(self, content: bytes) -> None:
        assert self.process.stdin is not None  # noqa: S101 - for the type checker
        self.process.stdin.write(content)
        self.process.stdin.flush()

    @property
    def _output(self) -> BinaryIO:
        assert self.process.stdout is not None  # noqa: S101 - for the type checker
        return self.process.stdout  # type: ignore[return-value]

    def _patiently[T](self, wait: Callable[[], T]) -> T:
        began = time.monotonic()
        timer = Timer(max(self.left, 0), self._give_up)
        timer.start()
        try:
            return wait()
        finally:
            timer.cancel()
            self.left -= time.monotonic() - began

    def _give_up(self) -> None:
        self.is_late = True
        self.process.kill()

    def _end(self) -> Exception:
        code = self.process.wait()
        if self.is_late:
            return Unreadable("timeout")
        if code < 0:
            name = signal.Signals(-code).name
            _LOG.warning("A document was given up: %s", name)
            return Unreadable(ENDED_BY.get(name, "corrupt_file"))
        return RuntimeError(self.process.stderr.read().decode(errors="replace") if self.process.stderr else code)
