"""What every journey has: the running site, one Chromium, windows of it, and a worker where mail is sent."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from queue import Queue
from typing import Any

import pytest
from celery.signals import task_success
from playwright.sync_api import Browser, expect, sync_playwright

from accounts.models import User
from tests.browser import launch_arguments, require_chromium
from tests.journeys.browsing import PATIENCE_MS, Window, window
from tests.journeys.site import serve

# Playwright keeps an event loop in this thread, in which Django would refuse to ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PATIENCE_SECONDS = 30

OpenWindow = Callable[..., Window]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = require_chromium()
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=launch_arguments())
        yield browser
        browser.close()


@pytest.fixture
def static_files_when_asked_for() -> None:
    """A site lists them at its start, as in production; browsers may then keep them."""


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    """The address of the running site. The database is emptied afterwards."""
    with serve() as address:
        yield address


@pytest.fixture
def wait_for_task(site: str, worker: Callable[[], AbstractContextManager[None]]) -> Iterator[Callable[[str], None]]:
    """A worker runs; the call returns when the next task of this name is done."""
    done: Queue[str] = Queue()

    def note(sender: Any, **_: Any) -> None:
        done.put(sender.name)

    def wait(task: str) -> None:
        while done.get(timeout=PATIENCE_SECONDS) != task:
            pass

    task_success.connect(note)
    with worker():
        yield wait
    task_success.disconnect(note)


@pytest.fixture(params=[True, False], ids=["with_scripts", "without_scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """For journeys that are walked in both ways."""
    return bool(request.param)


@pytest.fixture
def open_window(chromium: Browser, site: str) -> Iterator[OpenWindow]:
    """Opens a browser profile, signed in as this person or as a stranger; what it complained about fails the test."""
    with ExitStack() as windows:

        def open_one(person: User | None = None, **options: Any) -> Window:
            return windows.enter_context(window(chromium, site, person, **options))

        yield open_one
