"""Founding, describing, joining and leaving a community."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities import rules
from communities.actions.community import (
    create_community,
    describe_community,
    join_community,
    leave_community,
    renew_invite,
)
from communities.models import Community, Membership, Role, Visibility
from communities.tasks import recount_votes_nightly
from notifications.actions import notify
from notifications.models import Kind, Notification
from tests.factories import make_community, make_post

PRIVATE = "This community is private; its owner can send you an invitation link."


def found(by, name="Algebra", **changes) -> Community:
    given = {"tagline": "Equations.", "about": "What **belongs** here.", "visibility": "public"}
    return create_community(by=by, name=name, **given | changes)


def members(community) -> list[tuple[str, str]]:
    community.refresh_from_db()
    rows = list(community.memberships.order_by("pk").values_list("user__username", "role"))
    assert community.member_count == len(rows)
    return rows


def test_founder_owns_what_was_founded(ada):
    community = found(ada)
    assert members(community) == [("ada", "owner")]
    assert (community.created_by, community.slug, community.invite_key) == (ada, "algebra", None)
    assert community.about_html == "<p>What <strong>belongs</strong> here.</p>\n"


@pytest.mark.parametrize(
    ("name", "slug"), [("Ölfarben & Pinsel", "olfarben-pinsel"), ("代数", "community"), ("C++ !!!", "c")]
)
def test_address_comes_from_the_name(ada, name, slug):
    assert found(ada, name).slug == slug


def test_taken_address_is_numbered(ada, bob):
    made = [found(ada), found(bob), found(ada, tagline="Other equations.")]
    assert [community.slug for community in made] == ["algebra", "algebra-2", "algebra-3"]


def test_same_words_again_are_the_same_community(ada):
    first = found(ada)
    assert found(ada) == first
    Community.objects.filter(pk=first.pk).update(created_at=timezone.now() - rules.SAME_TEXT_WINDOW)
    assert found(ada) != first


def test_private_community_has_a_key_of_its_own(ada):
    first, second = (found(ada, name, visibility="private") for name in ("First", "Second"))
    assert first.invite_key != second.invite_key
    assert len(first.invite_key) >= 20


def test_join_is_idempotent(eve, algebra):
    first = join_community(algebra, by=eve)
    assert join_community(algebra, by=eve) == first
    assert members(algebra) == [("otto", "owner"), ("ada", "member"), ("bob", "member"), ("eve", "member")]


@pytest.mark.parametrize(("members_by_now", "days", "trust"), [(49, 31, 1), (50, 29, 1), (50, 31, 0)])
def test_who_joins_a_new_community_is_known_at_once(eve, algebra, members_by_now, days, trust):
    founded_at = timezone.now() - timedelta(days=days)
    Community.objects.filter(pk=algebra.pk).update(member_count=members_by_now, created_at=founded_at)
    assert join_community(algebra, by=eve).trust_level == trust


def test_owner_who_joins_again_stays_owner(otto, algebra):
    assert join_community(algebra, by=otto).role == Role.OWNER


@pytest.mark.parametrize("key", [None, "", "wrong"])
def test_private_community_wants_its_key(eve, closed, key):
    with pytest.raises(PermissionDenied) as refusal:
        join_community(closed, by=eve, invite_key=key)
    assert str(refusal.value) == PRIVATE
    assert "eve" not in dict(members(closed))
    join_community(closed, by=eve, invite_key=closed.invite_key)
    assert dict(members(closed))["eve"] == "member"


def test_key_of_another_community_opens_nothing(eve, otto, closed):
    other = make_community(otto, name="Other", visibility=Visibility.PRIVATE)
    with pytest.raises(PermissionDenied):
        join_community(closed, by=eve, invite_key=other.invite_key)


def test_renewed_link_makes_the_old_one_worthless(eve, otto, ada, closed):
    old = closed.invite_key
    with pytest.raises(PermissionDenied) as refusal:
        renew_invite(closed, by=ada)
    assert str(refusal.value) == "Only owners can make invitation links."
    renew_invite(closed, by=otto)
    with pytest.raises(PermissionDenied):
        join_community(closed, by=eve, invite_key=old)


def test_leave_is_idempotent_and_keeps_what_was_written(ada, algebra):
    post = make_post(ada, algebra)
    for _ in range(2):
        leave_community(algebra, by=ada)
        assert members(algebra) == [("otto", "owner"), ("bob", "member")]
    post.refresh_from_db()
    assert (post.author, post.is_deleted) == (ada, False)


def test_last_owner_cannot_leave(otto, ada, algebra):
    with pytest.raises(PermissionDenied) as refusal:
        leave_community(algebra, by=otto)
    assert str(refusal.value) == "You are the only owner; a community needs one."
    Membership.objects.filter(user=ada).update(role=Role.OWNER)
    leave_community(algebra, by=otto)
    assert members(algebra) == [("ada", "owner"), ("bob", "member")]


def test_leaving_a_private_community_empties_the_inbox_of_it(ada, bob, algebra, closed):
    urls = [make_post(bob, place).permanent_url for place in (closed, algebra)]
    for person in (ada, bob):
        for url in urls:
            notify(person, Kind.MENTION, title="Bob mentioned you", url=url)
    leave_community(closed, by=ada)
    leave_community(algebra, by=ada)
    left = Notification.objects.order_by("pk").values_list("recipient__username", "url")
    assert list(left) == [("ada", urls[1]), ("bob", urls[0]), ("bob", urls[1])]


def test_owner_describes_the_community_and_its_address_stays(otto, algebra):
    describe_community(
        algebra, by=otto, name="Linear algebra", tagline="Matrices.", about="*New*", visibility="private"
    )
    algebra.refresh_from_db()
    assert (algebra.name, algebra.tagline, algebra.slug) == ("Linear algebra", "Matrices.", "algebra")
    assert (algebra.about_html, algebra.is_private) == ("<p><em>New</em></p>\n", True)
    assert len(algebra.invite_key) >= 20


def test_only_owners_describe(ada, eve, algebra):
    for person in (ada, eve):
        with pytest.raises(PermissionDenied) as refusal:
            describe_community(algebra, by=person, name="Mine", tagline="Mine.", about="", visibility="private")
        assert str(refusal.value) == "Only owners can change the community."
    algebra.refresh_from_db()
    assert (algebra.name, algebra.is_private) == ("Algebra", False)


def test_community_made_private_is_seen_by_members_only(otto, ada, eve, algebra):
    describe_community(algebra, by=otto, name="Algebra", tagline="Equations.", about="", visibility="private")
    assert list(Community.objects.visible_to(ada)) == [algebra]
    assert list(Community.objects.visible_to(eve)) == []


def test_nightly_recount_mends_the_counts_of_communities(ada, algebra):
    make_post(ada, algebra)
    Community.objects.update(member_count=9, post_count=9)
    recount_votes_nightly()
    algebra.refresh_from_db()
    assert (algebra.member_count, algebra.post_count) == (3, 1)


def test_who_only_reads_still_does_after_leaving_and_joining_again(ada, eve, algebra):
    Membership.objects.filter(user=ada, community=algebra).update(role=Role.READ_ONLY)
    for _ in range(2):
        leave_community(algebra, by=ada)
        join_community(algebra, by=eve)
        assert join_community(algebra, by=ada).role == Role.READ_ONLY
    Membership.objects.filter(user=ada).update(role=Role.MEMBER)
    leave_community(algebra, by=ada)
    assert join_community(algebra, by=ada).role == Role.MEMBER
    assert Membership.objects.get(user=eve, community=algebra).role == Role.MEMBER


def test_what_becomes_private_leaves_the_inboxes_of_those_outside(otto, ada, eve, algebra):
    url = make_post(ada, algebra).permanent_url
    notify(ada, Kind.POST, title="New in Algebra", url=url)
    notify(eve, Kind.POST, title="New in Algebra", url=url)
    describe = {"name": "Algebra", "tagline": "", "about": ""}
    describe_community(algebra, by=otto, visibility=Visibility.PUBLIC, **describe)
    assert Notification.objects.filter(url=url).count() == 2
    describe_community(algebra, by=otto, visibility=Visibility.PRIVATE, **describe)
    assert [one.recipient for one in Notification.objects.filter(url=url)] == [ada]
