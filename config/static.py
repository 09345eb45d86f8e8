"""Joins the small source files of the stylesheet and of the script, so that a page asks for one of each.

`static/css/cairn.css` and `static/js/cairn.js` name their parts with `@import` and `import`; unjoined they work too.
Parts of the script import and export nothing: each becomes a block of its own in the one module.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, overload

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCE = Path(settings.BASE_DIR) / "static"
JOINED = Path(settings.VAR_DIR) / "joined"
PART = re.compile(r'^(?:@import|import) "(?P<part>[\w./-]+)";$', re.MULTILINE)
ENTRIES = ("css/cairn.css", "js/cairn.js")


def join(entry: str) -> str:
    """The text of `entry` with each named part in its place."""
    source = SOURCE / entry
    wrap = "{{\n{}}}\n" if source.suffix == ".js" else "{}"
    return PART.sub(
        lambda found: wrap.format((source.parent / found["part"]).read_text(encoding="utf-8")),
        source.read_text(encoding="utf-8"),
    )


def _write(entry: str) -> Path:
    """Only when it differs: the file's time is what browsers are told."""
    joined, text = JOINED / entry, join(entry)
    if not joined.exists() or joined.read_text(encoding="utf-8") != text:
        joined.parent.mkdir(parents=True, exist_ok=True)
        whole = joined.with_suffix(f".{os.getpid()}")
        whole.write_text(text, encoding="utf-8")
        whole.replace(joined)  # several processes start at once, and none may read half a file
    return joined


class JoinedFinder(BaseFinder):
    """Stands before the finder of plain files in STATICFILES_FINDERS."""

    @overload
    def find(self, path: str, find_all: Literal[False] = False) -> str | None: ...

    @overload
    def find(self, path: str, find_all: Literal[True]) -> list[str]: ...

    def find(self, path: str, find_all: bool = False) -> str | list[str] | None:
        if path not in ENTRIES:
            return []  # as Django's own finders do: None would count as found
        joined = str(_write(path))
        return [joined] if find_all else joined

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = FileSystemStorage(location=JOINED)
        for path in ENTRIES:
            _write(path)
            yield path, storage
