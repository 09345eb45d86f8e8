"""Joins the small source files of the stylesheet and of the script, so that a page asks for one of each.

`static/css/cairn.css` and `static/js/cairn.js` name their parts with `@import` and `import`; unjoined they work too.
Parts of the script import and export nothing: each becomes a block of its own in the one module.
"""

import re
from pathlib import Path
from typing import Any

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


class JoinedFinder(BaseFinder):
    """Stands before the finder of plain files in STATICFILES_FINDERS."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str] | None:
        if path not in ENTRIES:
            return []
        joined, text = JOINED / path, join(path)
        if not joined.exists() or joined.read_text(encoding="utf-8") != text:
            joined.parent.mkdir(parents=True, exist_ok=True)
            joined.write_text(text, encoding="utf-8")
        return [str(joined)] if find_all else str(joined)

    def list(self, ignore_patterns: Any) -> Any:
        storage = FileSystemStorage(location=JOINED)
        for path in ENTRIES:
            self.find(path)
            yield path, storage
