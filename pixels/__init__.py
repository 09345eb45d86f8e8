"""Uploaded pictures to pictures of ours: pixels as WebP and nothing else, made where a hostile file can do nothing.

Each one is read by a process of its own (`child.py`), within limits. Nothing else in Cairn opens a picture.
"""

import json
import logging
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Literal

CHILD = Path(__file__).with_name("child.py")
MEMORY = 768 * 1024 * 1024
"""Bytes of address space. The dearest allowed picture, a transparent WebP of 25 million pixels, needs 600 MB."""
CPU_SECONDS = 15
SECONDS = 30
ONE_AT_A_TIME = Lock()
"""In each process, because of the memory."""

Reason = Literal["unreadable", "pixels", "moves", "work"]
_LOG = logging.getLogger(__name__)


class Refused(ValueError):
    """There is no picture in it that we take. `reason`: not `unreadable` as one, too many `pixels`, it `moves`, or it
    is more `work` than the limits allow."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Wanted:
    """What to make: at most `side` pixels wide and high, or just that as a square. What is drawn may be kept without
    loss as long as it has no more than `kept_max` bytes."""

    side: int
    pixels_max: int
    is_square: bool = False
    may_move: bool = False
    may_be_lossless: bool = False
    kept_max: int = 0


@dataclass(frozen=True)
class Redrawn:
    content: bytes
    width: int
    height: int


def redraw(upload: bytes, wanted: Wanted) -> Redrawn:
    """The upload as a new file. Its type is read from the content, its size before anything is decoded.

    Raises Refused.
    """
    job = json.dumps(asdict(wanted) | {"memory": MEMORY, "cpu_seconds": CPU_SECONDS})
    command = [sys.executable, "-I", "-B", str(CHILD), job]
    with ONE_AT_A_TIME:
        try:
            child = subprocess.run(  # noqa: S603 - always the same program; the upload comes by its standard input
                command, input=upload, capture_output=True, timeout=SECONDS, env={}, cwd="/", check=False
            )
        except subprocess.TimeoutExpired:
            raise Refused("work") from None
    if child.returncode < 0:  # ended by the system, which keeps the limits
        _LOG.warning("A picture was given up: signal %s after %s bytes", -child.returncode, len(upload))
        raise Refused("work")
    if child.returncode:
        raise RuntimeError(child.stderr.decode(errors="replace"))
    head, _, content = child.stdout.partition(b"\n")
    facts = json.loads(head)
    if "refused" in facts:
        raise Refused(facts["refused"])
    return Redrawn(content, facts["width"], facts["height"])
