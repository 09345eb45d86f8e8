"""The people in whom achievements are tried out."""

import pytest

from accounts.models import User
from communities.models import Community
from tests.gamification.achievements.doing import Stage


@pytest.fixture
def stage(bob: User, ada: User, otto: User, algebra: Community) -> Stage:
    return Stage(bob, ada, otto, algebra)
