"""Reads `.env` files: `NAME=value` lines, comments, quotes; the settings judge the values."""

from __future__ import annotations

import re
from pathlib import Path

LINE = re.compile(r"(?:export\s+)?(?P<name>[A-Za-z_][A-Za-z0-9_]*)\s*=\s*(?P<value>.*)")
QUOTED = re.compile(r"""(?P<quote>["'])(?P<inside>.*)(?P=quote)\s*(?:#.*)?""")


class MalformedLine(Exception):
    """A line of the file is no `NAME=value`; the message is a sentence that names it."""


def read_dotenv(path: Path) -> dict[str, str]:
    """The variables of the file in its order; none when there is no file."""
    if not path.is_file():
        return {}
    variables = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        match = LINE.fullmatch(text)
        if match is None:
            raise MalformedLine(f"{path.name}, line {number} is not of the form NAME=value.")
        variables[match["name"]] = _plain(match["value"])
    return variables


def _plain(value: str) -> str:
    """The value without its quotes; unquoted, a comment starts at ` #`."""
    quoted = QUOTED.fullmatch(value)
    if quoted:
        return quoted["inside"]
    return re.split(r"\s+#", value, maxsplit=1)[0].strip()
