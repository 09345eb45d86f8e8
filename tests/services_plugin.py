"""pytest plugin: real PostgreSQL and Valkey for the tests, started before the settings are read.

Loaded by `-p tests.services_plugin`. Addresses that the environment already holds are used as they are. The folder
`var/test` keeps the cluster for the next run; a second run at the same time takes a folder of its own.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.local.environment import jwt_key
from config.local.services import Failed, InUse, Services

FOLDER = Path(__file__).resolve().parent.parent / "var" / "test"
ENVIRONMENT = {
    "ADMIN_NEEDS_SECOND_FACTOR": "false",  # tests/accounts/test_admin_door.py has it on
    "DEBUG": "false",
    "SECRET_KEY": "local-key-of-the-tests-which-signs-nothing-of-value",
    "SITE_URL": "http://localhost:8000",
}
_started: list[Services] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Before every other plugin. The workers of xdist inherit the addresses and take a key prefix each."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        services = _start()
        _started.append(services)
        os.environ.update(ENVIRONMENT | services.environment | {"JWT_KEYS": str(jwt_key())})
    os.environ["REDIS_PREFIX"] = f"cairn-test-{worker or 'main'}"
    yield


def pytest_unconfigure() -> None:
    while _started:
        _started.pop().stop()


def _start() -> Services:
    for number in itertools.count(1):
        services = Services(FOLDER / str(number), is_durable=False)
        try:
            services.start()
        except InUse:
            continue
        except Failed as error:
            raise pytest.UsageError(str(error)) from error
        return services
    raise AssertionError("unreachable")
