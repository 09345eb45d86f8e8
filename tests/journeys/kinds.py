"""What is looked at: one page, as one person finds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from accounts.models import User


@dataclass(frozen=True)
class Kind:
    """`person` None is a stranger. `first` is done on the page before it is looked at; `status` is the worst answer."""

    name: str
    url: str
    person: User | None = None
    first: Callable[[Page], None] = lambda page: None
    status: int = 200
