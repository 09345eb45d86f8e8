"""Inside the process: a PDF that asks for a password becomes one that does not."""

import json
from io import BytesIO
from typing import Any, BinaryIO

import pypdf

from .blocks import Unreadable
from .formats import pdf  # noqa: F401 - sets the limits of pypdf, and loads all of it


def prepare(job: dict[str, Any]) -> None:
    """All that it needs came with this module."""


def run(job: dict[str, Any], document: BinaryIO, output: BinaryIO) -> None:
    reader = pypdf.PdfReader(BytesIO(document.read()))
    if reader.is_encrypted and not reader.decrypt(job["password"]):
        raise Unreadable("needs_password")
    opened = BytesIO()
    pypdf.PdfWriter(clone_from=reader).write(opened)
    content = opened.getvalue()
    output.write(json.dumps({"size": len(content)}).encode() + b"\n" + content)
