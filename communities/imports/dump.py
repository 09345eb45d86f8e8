"""The folder of a dump, read as a stream: a line at a time, however large the file is.

The public dumps have one `<row …/>` on each line. Each is parsed by itself, so that one broken row costs only
itself and can be named by its line.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.db import reset_queries
from tqdm import tqdm

LONGEST_LINE = 16 * 1024 * 1024
NAMED_AT_MOST = 100  # broken rows; more are only counted


class Unreadable(Exception):
    """A file of the dump can't be read any further; the message says which, where and why."""


class BadRow(Exception):
    """One row makes no sense; the message says why."""


@dataclass(frozen=True)
class Row:
    """One record: where it stands and its attributes."""

    file: str
    line: int
    values: dict[str, str]

    def get(self, name: str) -> str:
        """The text of an attribute, empty when there is none."""
        return self.values.get(name, "")

    def text(self, name: str) -> str:
        if not self.get(name).strip():
            raise BadRow(f"it has no {name}")
        return self.values[name]

    def number(self, name: str) -> int:
        try:
            return int(self.text(name))
        except ValueError as error:
            raise BadRow(f"its {name} is not a number") from error

    def moment(self, name: str) -> datetime:
        try:
            return datetime.fromisoformat(self.text(name)).replace(tzinfo=UTC)
        except ValueError as error:
            raise BadRow(f"its {name} is not a date") from error


class Dump:
    """`say` receives a sentence for each row that is left out."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self.folder = folder
        self.say = say
        self._broken: set[tuple[str, int]] = set()
        if not folder.is_dir():
            raise Unreadable(f"{folder} is not a folder.")
        if not self.has("Posts.xml"):
            raise Unreadable(f"{folder} holds no Posts.xml, so it is not the folder of an unpacked dump.")

    @property
    def broken_count(self) -> int:
        return len(self._broken)

    def has(self, file: str) -> bool:
        return (self.folder / file).exists()

    def leave_out(self, row: Row, reason: str) -> None:
        """Says once that a row is not imported, and why."""
        if (row.file, row.line) in self._broken:
            return
        self._broken.add((row.file, row.line))
        if self.broken_count <= NAMED_AT_MOST:
            named = f" (Id {row.get('Id')})" if row.get("Id") else ""
            self.say(f"{row.file}, line {row.line}{named}: left out, {reason}.")

    def batches(self, file: str, doing: str, size: int = 500) -> Iterator[list[Row]]:
        """The rows of a file, some at a time. Those before an unreadable place come before it raises."""
        batch: list[Row] = []
        try:
            for row in self._rows(file, doing):
                batch.append(row)
                if len(batch) == size:
                    yield batch
                    batch = []
                    reset_queries()  # which a local run would all remember
        except Unreadable:
            yield batch
            raise
        yield batch

    def _rows(self, file: str, doing: str) -> Iterator[Row]:
        for line, text in self._row_texts(file, doing):
            try:
                yield Row(file, line, dict(fromstring(text).attrib))
            except (ParseError, DefusedXmlException, ValueError):
                self.leave_out(Row(file, line, {}), "it is not well-formed XML")

    def _row_texts(self, file: str, doing: str) -> Iterator[tuple[int, str]]:
        """The text of each row with the number of the line on which it begins."""
        root = Path(file).stem.lower()
        opening, closing = re.compile(rf"^.*?<{root}\b[^>]*>"), f"</{root}>"
        is_open = False
        begun, pending = 0, ""
        for number, line in self._lines(file, doing):
            text = line.strip()
            if not is_open:
                is_open = opening.match(text) is not None
                text = opening.sub("", text, count=1) if is_open else ""
            is_last = text.endswith(closing)
            text = text.removesuffix(closing).strip()
            if text.startswith("<row") or is_last:
                if pending:
                    self.leave_out(Row(file, begun, {}), "it does not end")
                begun, pending = number, ""
            if text:
                pending += "\n" + text
            if pending.endswith("/>"):
                yield begun, pending.strip()
                pending = ""
            if is_last:
                return
        if not is_open:
            raise Unreadable(f"{file} is not a file of a dump: it has no <{root}>.")
        raise Unreadable(f"{file} ends too early, after line {number}: the file is not complete.")

    def _lines(self, file: str, doing: str) -> Iterator[tuple[int, str]]:
        path = self.folder / file
        with (
            path.open("rb") as source,
            tqdm(total=path.stat().st_size, unit="B", unit_scale=True, disable=None) as bar,
        ):
            bar.set_description(f"{doing:<12}")
            number = 0
            while line := source.readline(LONGEST_LINE):
                number += 1
                bar.update(len(line))
                if len(line) == LONGEST_LINE:
                    raise Unreadable(f"{file}, line {number}: too long; a dump has one row on a line.")
                try:
                    yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    raise Unreadable(f"{file}, line {number}: not valid UTF-8 ({error.reason}).") from error
            if number == 0:
                raise Unreadable(f"{file} is empty.")
