"""Furnished communities, and pages as one reads them."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse

from accounts.models import User
from communities.models import Community
from tests.communities.views.place import Place, furnish


@pytest.fixture
def public_place(algebra: Community, ada: User, bob: User) -> Place:
    return furnish(algebra, ada, bob)


@pytest.fixture
def private_place(closed: Community, ada: User, bob: User) -> Place:
    return furnish(closed, ada, bob)


@pytest.fixture
def read() -> Callable[[HttpResponse], BeautifulSoup]:
    """A response as a document."""
    return lambda response: BeautifulSoup(response.content, "html.parser")
