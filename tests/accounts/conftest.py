"""Providers that run beside the tests."""

from collections.abc import Iterator

import pytest

from tests.accounts.providing import Provider, configured, serving


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with serving() as provider:
        yield provider


@pytest.fixture
def provider(running, settings, db) -> Provider:
    """Google, GitHub and The University in one, each time as if it had just begun."""
    vars(running).update(vars(Provider(address=running.address)))
    settings.SOCIALACCOUNT_PROVIDERS = configured(running)
    return running
