"""Whatever an action did, what is searched says what stands in the posts and answers afterwards."""

from collections.abc import Iterator

import pytest

from tests.communities.searching.stale import stale_documents


@pytest.fixture(autouse=True)
def fresh_documents(db: None) -> Iterator[None]:
    yield
    assert stale_documents() == set()
