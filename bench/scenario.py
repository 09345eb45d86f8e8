"""What is asked for again and again: one line of the table."""

from dataclasses import dataclass
from typing import Any

Request = dict[str, Any]
"""`method`, `path`, `headers`, and `body` of a POST."""


@dataclass(frozen=True)
class Scenario:
    """`budget` is the most that it may cost, in constant views; `statements` the most that it may ask the database.

    `before_each` is a module that runs before each round.
    """

    name: str
    requests: list[Request]
    budget: float | None = None
    statements: int | None = None
    before_each: str | None = None


def get(path: str, headers: dict[str, str] | None = None) -> Request:
    return {"method": "GET", "path": path, "headers": headers or {}}
