"""Any file to pages of blocks, safely: what may be hostile is read by processes that can do nothing else. No Django.

Nothing else in Cairn opens an uploaded document.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import BinaryIO

from . import limits
from .blocks import CODES, Block, Code, Facts, Kind, Page, Unreadable, from_json
from .filetypes import TYPES, type_of
from .process import Child

__all__ = ["CODES", "TYPES", "Block", "Code", "Facts", "Kind", "Page", "Unreadable", "check", "read"]


def check(source: Path | bytes, filename: str) -> None:
    """Whether the file may be what its name says: takes milliseconds and starts no process.

    Raises Unreadable.
    """
    with ExitStack() as files:
        type_of(_opened(source, files), filename)


def read(source: Path | bytes, filename: str, *, password: str | None = None, start: int = 1) -> Iterator[Page | Facts]:
    """The pages from number `start` on, each as soon as it is read, and at last the facts. To close it early ends
    the process.

    Raises Unreadable, at once or after some pages. A wrong password is `needs_password`, as none is.
    """
    with ExitStack() as files:
        file = _opened(source, files)
        filetype = type_of(file, filename)
        job = {"task": "reading", "reader": filetype.reader, "language": filetype.language, "start": start}
        may_fork = filetype.signature == "heif"
        begin = partial(Child, job, file, memory=limits.MEMORY, password=password, may_fork=may_fork)
        return _things(begin, files.pop_all())


def _things(begin: Callable[[], Child], files: ExitStack) -> Iterator[Page | Facts]:
    with files, begin() as child:
        while True:
            thing = from_json(child.line())
            yield thing
            if isinstance(thing, Facts):
                return


def _opened(source: Path | bytes, files: ExitStack) -> BinaryIO:
    """A file of the system, which a process can inherit."""
    if isinstance(source, Path):
        return files.enter_context(source.open("rb"))
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the others
    files.callback(file.close)
    file.write(source)
    file.flush()
    return file
