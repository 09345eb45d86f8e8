"""Furnished communities, with Rita beside the others: a member who only reads."""

import pytest

from accounts.models import User
from communities.actions.community import join_community
from communities.models import Comment, CommentKind, Community, Role
from tests.communities.views.place import Place, furnish
from tests.factories import make_user


@pytest.fixture
def rita(db) -> User:
    """Only reads."""
    return make_user("rita", name="Rita")


def silenced(place: Place, person: User) -> Place:
    join_community(place.community, by=person, invite_key=place.community.invite_key)
    place.community.memberships.filter(user=person).update(role=Role.READ_ONLY)
    Comment.objects.filter(pk=place.comment.pk).update(kind=CommentKind.CLARIFY)
    return place


@pytest.fixture
def public_place(algebra: Community, ada: User, bob: User, rita: User) -> Place:
    return silenced(furnish(algebra, ada, bob), rita)


@pytest.fixture
def private_place(closed: Community, ada: User, bob: User, rita: User) -> Place:
    return silenced(furnish(closed, ada, bob), rita)
