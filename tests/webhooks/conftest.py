"""Otto owns Algebra, where Ada asks and Bob answers; a program of his listens to everything."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from communities.models import Community
from tests.factories import make_community
from tests.listening import Listening
from webhooks.actions import make_webhook
from webhooks.models import Event, Webhook

Hook = tuple[Webhook, str]


@pytest.fixture
def algebra(otto: User, ada: User, bob: User) -> Community:
    return make_community(otto, ada, bob)


@pytest.fixture
def hook(algebra: Community, otto: User, listener: Listening, near: None) -> Hook:
    """With its secret."""
    return make_webhook(algebra, by=otto, url=listener.url, events=Event.values)


@pytest.fixture
def owners_pages(otto: User, client_of: Callable[[User], Any], client: Any) -> Any:
    """Otto typed his password a moment ago."""
    otto.set_password("seven piles of stones")
    otto.save()
    browser = client_of(otto)
    browser.post("/accounts/reauthenticate/", {"password": "seven piles of stones"})
    return browser
