"""What every journey has: the running site, a worker, one Chromium, and windows of it."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from accounts.models import User
from tests.browser import launch_arguments, require_chromium
from tests.journeys.browsing import Window, window
from tests.journeys.site import Worker, serve, work

# Playwright keeps an event loop in this thread, in which Django would refuse to ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

OpenWindow = Callable[..., Window]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = require_chromium()
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=launch_arguments())
        yield browser
        browser.close()


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    """The address of the running site. The database is emptied afterwards."""
    with serve() as address:
        yield address


@pytest.fixture
def worker(site: str, empty_cache: None) -> Iterator[Worker]:
    with work() as running:
        yield running


@pytest.fixture
def open_window(chromium: Browser, site: str) -> Iterator[OpenWindow]:
    """Opens a browser profile, signed in as this person or as a stranger; what it complained about fails the test."""
    with ExitStack() as windows:

        def open_one(person: User | None = None, **options: Any) -> Window:
            return windows.enter_context(window(chromium, site, person, **options))

        yield open_one
