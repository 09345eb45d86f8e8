"""Any file to pages of blocks, safely: what may be hostile is read by processes that can do nothing else. No Django.

Nothing else in Cairn opens an uploaded document.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import BinaryIO

from . import limits
from .blocks import CODES, Block, Code, Count, Facts, Kind, Page, Thing, Unreadable, answer, from_json
from .filetypes import TYPES, FileType, type_of
from .places import Drawn, Placed, paragraphs
from .process import PIPE, Child, Rights

__all__ = [
    "CODES",
    "TYPES",
    "Block",
    "Code",
    "Count",
    "Drawn",
    "Facts",
    "Kind",
    "Page",
    "Placed",
    "Thing",
    "Unreadable",
    "check",
    "ocr",
    "opened",
    "paragraphs",
    "read",
    "render",
]

DRAWN = ("pdf", "photo")
"""Formats by their readers. The others have no look of their own: their sections are shown as text."""


def check(source: Path | BinaryIO, filename: str) -> None:
    """Whether the file may be what its name says: takes milliseconds and starts no process.

    Raises Unreadable.
    """
    if isinstance(source, Path):
        with source.open("rb") as file:
            type_of(file, filename)
    else:
        type_of(source, filename)


def read(source: Path | bytes, filename: str, *, password: str | None = None, start: int = 1) -> Iterator[Thing]:
    """The pages from number `start` on, each as soon as it is read, and at last the facts; before, where the format
    tells it, how many pages there are. To close it early ends the process.

    Raises Unreadable, at once or after some pages. A wrong password is `needs_password`, as none is.
    """
    with ExitStack() as files:
        file = _opened(source, files)
        filetype = type_of(file, filename)
        job = {"task": "reading", "reader": filetype.reader, "language": filetype.language, "start": start}
        return _things(partial(Child, job, file, _rights(filetype), password=password), files.pop_all())


def render(source: Path | bytes, filename: str, number: int = 1, *, width: int, password: str | None = None) -> Drawn:
    """One page of a PDF, `width` pixels wide unless it is very long, or a picture that is at most as wide.

    Raises Unreadable; `unsupported` for formats that are not drawn.
    """
    with ExitStack() as files:
        file = _opened(source, files)
        filetype = type_of(file, filename)
        if filetype.reader not in DRAWN:
            raise Unreadable("unsupported")
        job = {"task": "drawing", "reader": filetype.reader, "page": number, "width": width}
        child = files.enter_context(Child(job, file, _rights(filetype), password=password))
        facts = answer(child.line())
        words = [Placed(**word) for word in facts["words"]]
        return Drawn(child.content(facts["size"]), facts["width"], facts["height"], words)


def ocr(pictures: Iterable[bytes]) -> Iterator[list[Placed]]:
    """The lines in each picture, in reading order. One process for all of them, since it takes seconds to start; it
    asks for the next picture when the lines of the one before have been taken.

    Raises Unreadable when a picture is none or takes too much; the others need another call then.
    """
    rights = Rights(limits.OCR_MEMORY, limits.OCR_CPU_SECONDS)
    with Child({"task": "recognising"}, PIPE, rights) as child:
        for picture in pictures:
            child.left = limits.OCR_SECONDS
            child.send(picture)
            yield [Placed(**line) for line in answer(child.line())["lines"]]


def _rights(filetype: FileType) -> Rights:
    return Rights(limits.MEMORY, limits.CPU_SECONDS, may_fork=filetype.signature == "heif")


def opened(source: Path | bytes, filename: str, password: str) -> bytes:
    """The same document, which asks for no password any more.

    Raises Unreadable: `needs_password` when this one is wrong, `unsupported` when it is no PDF.
    """
    with ExitStack() as files:
        file = _opened(source, files)
        filetype = type_of(file, filename)
        if filetype.reader != "pdf":
            raise Unreadable("unsupported")
        child = files.enter_context(Child({"task": "opening"}, file, _rights(filetype), password=password))
        return child.content(answer(child.line())["size"])


def _things(begin: Callable[[], Child], files: ExitStack) -> Iterator[Thing]:
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
