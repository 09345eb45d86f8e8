"""What programs send, and how the description of the API speaks of files."""

from typing import Any

from ninja import Schema
from pydantic import ConfigDict


class Sent(Schema):
    """A field that nobody knows is refused: whoever wrote it meant something by it."""

    model_config = ConfigDict(extra="forbid")


def file_of(kind: str) -> dict[str, Any]:
    """An answer that is a file of this type."""
    return {"description": "The file.", "content": {kind: {"schema": {"type": "string", "format": "binary"}}}}
