"""Roles: granted by owners, told to the person, and never without an owner left."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from communities.actions.roles import grant_role
from communities.models import Membership, Role
from notifications.models import Notification
from tests.communities.at_once import at_once, errors
from tests.factories import make_community


def membership(user, community) -> Membership:
    return Membership.objects.get(user=user, community=community)


def told(user) -> list[tuple[str, str, str]]:
    return list(Notification.objects.of(user).order_by("pk").values_list("kind", "title", "url"))


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("owner", "Otto made you an owner of Algebra"),
        ("moderator", "Otto made you a moderator of Algebra"),
        ("mentor", "Otto made you a mentor in Algebra"),
        ("read-only", "Otto decided that you only read in Algebra for now"),
    ],
)
def test_owner_grants_a_role_and_the_member_hears_of_it_once(otto, ada, algebra, role, sentence):
    for _ in range(2):
        assert grant_role(membership(ada, algebra), by=otto, role=role).role == role
    assert told(ada) == [("role", sentence, "/c/algebra/")]


def test_role_is_taken_back(otto, ada, algebra):
    for role in ("mentor", "member"):
        grant_role(membership(ada, algebra), by=otto, role=role)
    assert membership(ada, algebra).role == Role.MEMBER
    assert told(ada)[-1][1] == "Otto made you a member of Algebra like everybody else"


@pytest.mark.parametrize("role", ["moderator", "mentor", "member", "read-only"])
def test_only_owners_grant_roles(ada, bob, eve, algebra, role):
    Membership.objects.filter(user=ada).update(role=role)
    for person in (ada, eve):
        with pytest.raises(PermissionDenied) as refusal:
            grant_role(membership(bob, algebra), by=person, role=Role.MODERATOR)
        assert str(refusal.value) == "Only owners can grant roles."
    assert (membership(bob, algebra).role, told(bob)) == (Role.MEMBER, [])


def test_owner_of_another_community_grants_nothing(eve, ada, algebra):
    make_community(eve, name="Elsewhere")
    with pytest.raises(PermissionDenied):
        grant_role(membership(ada, algebra), by=eve, role=Role.MENTOR)


def test_owner_is_not_put_down_by_another_but_steps_down(otto, ada, algebra):
    grant_role(membership(ada, algebra), by=otto, role=Role.OWNER)
    with pytest.raises(PermissionDenied) as refusal:
        grant_role(membership(otto, algebra), by=ada, role=Role.MEMBER)
    assert str(refusal.value) == "Owners stay owners until they step down themselves."
    grant_role(membership(otto, algebra), by=otto, role=Role.MEMBER)
    assert (membership(otto, algebra).role, told(otto)) == (Role.MEMBER, [])


def test_last_owner_cannot_step_down(otto, algebra):
    with pytest.raises(PermissionDenied) as refusal:
        grant_role(membership(otto, algebra), by=otto, role=Role.MEMBER)
    assert str(refusal.value) == "You are the only owner; a community needs one."
    assert membership(otto, algebra).role == Role.OWNER


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_step_down_at_once_leave_one_behind(otto, ada, algebra):
    grant_role(membership(ada, algebra), by=otto, role=Role.OWNER)
    owners = [(membership(person, algebra), person) for person in (otto, ada)]
    outcomes = at_once([partial(grant_role, owner, by=person, role=Role.MEMBER) for owner, person in owners])
    assert errors(outcomes) == ["PermissionDenied: You are the only owner; a community needs one."]
    assert Membership.objects.filter(community=algebra, role=Role.OWNER).count() == 1
