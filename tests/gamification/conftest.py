"""A community like any other, old and large enough not to be new to votes, and the people in it."""

import pytest

from accounts.models import User
from communities.models import Answer, Community, Post, Trust
from tests.factories import make_answer, make_community, make_post


@pytest.fixture
def algebra(otto: User, ada: User, bob: User) -> Community:
    """New, so the votes of all its members count at once; they may vote down."""
    return make_community(otto, ada, bob, trust=Trust.TRUSTED)


@pytest.fixture
def question(ada: User, algebra: Community) -> Post:
    return make_post(ada, algebra)


@pytest.fixture
def answer(bob: User, question: Post) -> Answer:
    return make_answer(bob, question)
