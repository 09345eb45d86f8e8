"""What belongs into the archive of a member. Each app says it in its `AppConfig.ready`; a floor test holds it complete.

Nothing of others goes in: of a vote its own side, of a notification what its recipient read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise

from accounts.models import User

Words = str | Promise
Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Table:
    """Rows that become one JSON file. `rows` gives dicts."""

    name: str
    says: Words
    rows: Callable[[User], Rows]


@dataclass(frozen=True)
class Folder:
    """Rows each of which becomes one file: its name, and its text or the upload."""

    name: str
    says: Words
    rows: Callable[[User], QuerySet[Any]]
    file: Callable[[Any], tuple[str, str | FieldFile]]


Part = Table | Folder
_parts: dict[str, Part] = {}
_taken: set[type[Model]] = set()
_left: dict[type[Model], str] = {}


def take_along(part: Part, *models: type[Model]) -> None:
    """`models` are those whose rows about the member this part holds."""
    _parts[part.name] = part
    _taken.update(models)


def leave_out(reason: str, *models: type[Model]) -> None:
    """Says of models that name a member why nothing of them is in the archive."""
    _left.update(dict.fromkeys(models, reason))


def all_parts() -> list[Part]:
    return list(_parts.values())


def is_decided(model: type[Model]) -> bool:
    """Somebody has thought of whether it goes into the archive."""
    return model in _taken or model in _left


def both_ways() -> Iterable[type[Model]]:
    """Models of which it was said that they are taken, and that they are not."""
    return _taken & _left.keys()
