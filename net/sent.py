"""What programs send."""

from ninja import Schema
from pydantic import ConfigDict


class Sent(Schema):
    """A field that nobody knows is refused: whoever wrote it meant something by it."""

    model_config = ConfigDict(extra="forbid")
