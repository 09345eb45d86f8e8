"""Furnished communities."""

import pytest

from accounts.models import User
from communities.models import Community
from tests.communities.views.place import Place, furnish


@pytest.fixture
def public_place(algebra: Community, ada: User, bob: User) -> Place:
    return furnish(algebra, ada, bob)


@pytest.fixture
def private_place(closed: Community, ada: User, bob: User) -> Place:
    return furnish(closed, ada, bob)
