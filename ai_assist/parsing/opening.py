"""Inside the process: a PDF that asks for a password becomes one that does not."""

import json
from io import BytesIO
from typing import Any, BinaryIO

from .blocks import Unreadable
from .formats.pdf import pypdf  # with its limits set, and loaded whole


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
