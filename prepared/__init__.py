"""Questions that every page asks the database: the ORM writes their SQL once, later only the values change.

Building and writing a QuerySet costs a page three times what asking costs, so the few questions of the busiest
pages are kept written, and PostgreSQL keeps how it answers them. Questions asked now and then are plain QuerySets.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState

LARGEST = 2**63 - 1
MARK = -(2**62)  # no row has it for an id

Value = int | str | None


class Place:
    """Where the value of this position goes."""

    def __init__(self, position: int) -> None:
        self.position = position


def planned_cursor() -> CursorWrapper:
    """For statements that are always the same words: values travel apart, so PostgreSQL reads and plans them once.

    `prepare_threshold` in the settings makes each connection keep them.
    """
    connection.ensure_connection()
    bare = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]  # the stubs lack what it inherits
    cursor: CursorWrapper = connection._prepare_cursor(bare)  # type: ignore[attr-defined]  # as cursor() does
    return cursor


class Prepared:
    """`question` takes ids, words or None and gives a QuerySet of `values_list`.

    It is called once for each pattern of kinds among the values, with marks in their places; it must use them as
    they are, in exact lookups. What else it depends on is fixed at that moment.
    """

    def __init__(self, question: Callable[..., QuerySet[Any, Any]]) -> None:
        self.question = question
        self._written: dict[tuple[type, ...], tuple[str, Sequence[Any]]] = {}

    def rows(self, *values: Value) -> list[tuple[Any, ...]]:
        """The rows now. An id that no row can have finds nothing, as in a QuerySet."""
        if any(isinstance(value, int) and abs(value) > LARGEST for value in values):
            return []
        kinds = tuple(map(type, values))
        if kinds not in self._written:
            self._written[kinds] = self._write(kinds)
        sql, parameters = self._written[kinds]
        filled = [values[part.position] if isinstance(part, Place) else part for part in parameters]
        with planned_cursor() as cursor:
            cursor.execute(sql, filled)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def _write(self, kinds: tuple[type, ...]) -> tuple[str, Sequence[Any]]:
        marks = [_mark(kind, position) for position, kind in enumerate(kinds)]
        sql, parameters = self.question(*marks).query.sql_with_params()
        return sql, [Place(marks.index(part)) if part in marks else part for part in parameters]


def _mark(kind: type, position: int) -> Value:
    if kind is type(None):
        return None
    return MARK + position if issubclass(kind, int) else f"{MARK + position}"


def columns(model: type[Model], *names: str) -> tuple[str, ...]:
    """The names of columns in the order of the model, as `as_model` needs them; without names all."""
    return tuple(f.attname for f in model._meta.concrete_fields if not names or f.attname in names)


def as_model[M: Model](model: type[M], fields: tuple[str, ...], values: Sequence[Any]) -> M:
    """An instance from some of its columns; the others are read when somebody asks for them.

    Without Django's `from_db`, which looks at every field of the model and sends two signals: ten times the cost.
    """
    instance = model.__new__(model)
    state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    instance.__dict__.update(zip(fields, values, strict=True), _state=state)
    return instance
