"""What earns trust: each rule at its exact boundary, and the counting behind it on real rows."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from communities.actions.answering import delete_answer, edit_answer
from communities.actions.suggesting import approve_suggestion
from communities.actions.voting import cast_vote
from communities.models import Answer, Attendance, Community, Membership, Post, Trust, Visibility
from communities.tasks import raise_trust
from communities.trust import Record, earned, member_quality
from communities.visits import note_visit
from tests.factories import make_answer, make_community, make_post, make_suggestion

DAY = timedelta(days=1)
KNOWN = {"account_age": DAY, "posts_read": 5, "minutes": 10}
TRUSTED = KNOWN | {"active_days": 10, "answers": 5, "upvotes_cast": 3, "good": 4, "bad": 0}


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, Trust.KNOWN),
        ({"posts_read": 4}, Trust.NEW),
        ({"minutes": 9}, Trust.NEW),
        ({"account_age": DAY - timedelta(seconds=1)}, Trust.NEW),
        ({"account_age": timedelta(0), "is_invited": True}, Trust.KNOWN),
        ({"is_verified": False}, Trust.NEW),
        ({"posts_read": 0, "minutes": 0, "upvoted_texts": 1}, Trust.KNOWN),
        ({"posts_read": 2, "minutes": 4, "in_new_community": True}, Trust.KNOWN),
        ({"posts_read": 1, "minutes": 4, "in_new_community": True}, Trust.NEW),
        ({"posts_read": 2, "minutes": 3, "in_new_community": True}, Trust.NEW),
    ],
)
def test_becoming_known(changes, level):
    assert earned(Record(**KNOWN | changes)) == level


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, Trust.TRUSTED),
        ({"active_days": 9}, Trust.KNOWN),
        ({"answers": 4}, Trust.KNOWN),
        ({"answers": 3, "edits": 2}, Trust.TRUSTED),
        ({"answers": 3, "edits": 1}, Trust.KNOWN),
        ({"upvotes_cast": 2}, Trust.KNOWN),
        ({"good": 3}, Trust.KNOWN),
        ({"good": 7, "bad": 1}, Trust.TRUSTED),
        ({"good": 6, "bad": 1}, Trust.KNOWN),
        ({"posts_read": 4}, Trust.NEW),
        ({"active_days": 4, "answers": 2, "upvotes_cast": 1, "in_new_community": True}, Trust.TRUSTED),
        ({"active_days": 3, "answers": 2, "upvotes_cast": 1, "in_new_community": True}, Trust.KNOWN),
        ({"active_days": 4, "answers": 1, "upvotes_cast": 1, "in_new_community": True}, Trust.KNOWN),
        ({"active_days": 4, "answers": 2, "upvotes_cast": 0, "in_new_community": True}, Trust.KNOWN),
    ],
)
def test_becoming_trusted(changes, level):
    assert earned(Record(**TRUSTED | changes)) == level


def test_quality_of_a_member_begins_at_one_half():
    assert [member_quality(*counts) for counts in ((0, 0), (4, 0), (7, 1), (0, 4))] == [0.5, 0.75, 0.75, 0.25]


@pytest.fixture
def old(otto, ada, bob) -> Community:
    """Neither young nor small, so the full counts hold; Ada is new there."""
    community = make_community(otto, ada, bob, trust=Trust.NEW)
    Community.objects.update(created_at=timezone.now() - timedelta(days=31), member_count=50)
    User.objects.update(date_joined=timezone.now() - timedelta(days=2))
    return community


def of_ada(community: Community) -> Membership:
    return Membership.objects.get(community=community, user__username="ada")


def read(me: Membership, posts: int, minutes: int) -> None:
    for number in range(posts):
        post = make_post(me.community.created_by, me.community, title=f"Question to read, number {number}")
        note_visit(me, post)
    Attendance.objects.filter(membership=me).update(minutes=minutes)


@pytest.mark.parametrize(("posts", "minutes", "level"), [(5, 10, 1), (4, 10, 0), (5, 9, 0)])
def test_reader_becomes_known(old, posts, minutes, level):
    read(of_ada(old), posts, minutes)
    raise_trust()
    assert of_ada(old).trust_level == level


def test_unverified_reader_stays_new(old):
    read(of_ada(old), 5, 10)
    EmailAddress.objects.update(verified=False)
    raise_trust()
    assert of_ada(old).trust_level == Trust.NEW


def test_author_of_a_helpful_answer_becomes_known_when_they_come(old, ada, bob):
    helpful = make_answer(ada, make_post(bob, old))
    Membership.objects.filter(user=bob).update(trust_level=Trust.KNOWN)
    cast_vote(helpful, by=bob, value=1)
    raise_trust()
    assert of_ada(old).trust_level == Trust.NEW
    note_visit(of_ada(old), helpful.post)
    raise_trust()
    assert of_ada(old).trust_level == Trust.KNOWN


def make_trustworthy(ada, bob, otto, community) -> Membership:
    """Five answers of which four are good, three votes, ten days."""
    me = of_ada(community)
    Membership.objects.filter(user__in=(ada, bob, otto)).update(trust_level=Trust.KNOWN)
    read(me, 5, 10)
    others = [make_post(bob, community, title=f"Question of Bob, number {n}") for n in range(5)]
    for number, post in enumerate(others):
        answer = make_answer(ada, post)
        if number < 4:
            cast_vote(answer, by=otto, value=1)
        if number < 3:
            cast_vote(post, by=ada, value=1)
    today = timezone.now().date()
    Attendance.objects.bulk_create(Attendance(membership=me, day=today - n * DAY) for n in range(1, 10))
    return me


def test_who_answers_well_and_comes_back_is_trusted(old, ada, bob, otto):
    make_trustworthy(ada, bob, otto, old)
    raise_trust()
    assert of_ada(old).trust_level == Trust.TRUSTED


def test_edits_of_what_others_wrote_count_as_answers_do(old, ada, bob, otto):
    make_trustworthy(ada, bob, otto, old)
    mine, bobs = Answer.objects.filter(author=ada).order_by("pk"), Post.objects.filter(author=bob).order_by("pk")
    delete_answer(mine.last(), by=ada)
    edit_answer(mine[0], by=ada, body="What I think about it now, in other words.")
    raise_trust()
    assert of_ada(old).trust_level == Trust.KNOWN
    suggestion = make_suggestion(ada, bobs[0])
    approve_suggestion(suggestion, by=bob)
    raise_trust()
    assert of_ada(old).trust_level == Trust.TRUSTED


def test_days_of_long_ago_do_not_count(old, ada, bob, otto):
    me = make_trustworthy(ada, bob, otto, old)
    last = Attendance.objects.filter(membership=me).earliest("day")
    for days, level in ((60, Trust.KNOWN), (59, Trust.TRUSTED)):
        Attendance.objects.filter(pk=last.pk).update(day=timezone.now().date() - days * DAY)
        raise_trust()
        assert of_ada(old).trust_level == level


def test_what_was_done_elsewhere_does_not_count(old, ada, bob, otto):
    elsewhere = make_community(otto, ada, bob, name="Elsewhere")
    make_trustworthy(ada, bob, otto, elsewhere)
    Membership.objects.update(trust_level=Trust.NEW)
    note_visit(of_ada(old), make_post(bob, old))
    raise_trust()
    assert (of_ada(old).trust_level, of_ada(elsewhere).trust_level) == (Trust.NEW, Trust.TRUSTED)


@pytest.mark.parametrize("level", [Trust.KNOWN, Trust.TRUSTED, Trust.LEADING])
def test_trust_is_never_taken_away(old, ada, level):
    Membership.objects.filter(user=ada).update(trust_level=level)
    read(of_ada(old), 1, 1)
    raise_trust()
    assert of_ada(old).trust_level == level


def test_invited_people_need_no_age(otto, ada):
    closed = make_community(otto, ada, name="Reading circle", visibility=Visibility.PRIVATE, trust=Trust.NEW)
    read(of_ada(closed), 2, 4)
    raise_trust()
    assert of_ada(closed).trust_level == Trust.KNOWN
