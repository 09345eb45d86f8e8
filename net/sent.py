"""What programs send, and how the description of the API speaks of files."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import ConfigDict

from net.problems import Problem


class Sent(Schema):
    """A field that nobody knows is refused: whoever wrote it meant something by it."""

    model_config = ConfigDict(extra="forbid")


def check_names(request: HttpRequest, *known: str) -> None:
    """The same for forms with files. Raises Problem, which names the fields."""
    unknown = {*request.POST, *request.FILES}.difference(known)
    faults = [{"where": ["body", name], "detail": "Extra inputs are not permitted"} for name in sorted(unknown)]
    if faults:
        raise Problem(422, _("Something in the request is not as it should be."), errors=faults)


def file_of(kind: str) -> dict[str, Any]:
    """An answer that is a file of this type."""
    return {"description": "The file.", "content": {kind: {"schema": {"type": "string", "format": "binary"}}}}
