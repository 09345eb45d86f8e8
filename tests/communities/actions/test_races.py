"""Many at once: whatever the order, the outcome is that of one after another, and nobody is stuck."""

from datetime import date
from functools import partial
from threading import Thread

import pytest
from django.db import transaction

from accounts.actions import edit_profile
from accounts.models import User
from communities.actions.answering import accept_answer, delete_answer, post_answer
from communities.actions.bookmarking import bookmark, describe_bookmark, remind
from communities.actions.commenting import add_comment
from communities.actions.community import create_community, join_community, leave_community
from communities.actions.posting import delete_post, publish_post
from communities.actions.voting import cast_vote
from communities.models import Answer, Comment, Community, Membership, Post, Role, Trust, Vote, VoteChange
from notifications.models import Notification
from tests.communities.at_once import at_once, errors, has_to_wait
from tests.factories import make_answer, make_community, make_post

pytestmark = pytest.mark.django_db(transaction=True)

BODY = "Multiply both sides by the common denominator first."


def make_members(community: Community, amount: int) -> list[User]:
    people = User.objects.bulk_create(
        [User(username=f"member{n}", email=f"member{n}@example.org") for n in range(amount)]
    )
    Membership.objects.bulk_create(
        Membership(community=community, user=person, trust_level=Trust.TRUSTED) for person in people
    )
    return people


def test_fifty_identical_votes_are_one(ada, answer, heard):
    outcomes = at_once([partial(cast_vote, answer, by=ada, value=1)] * 50)
    assert errors(outcomes) == []
    answer.refresh_from_db()
    assert (answer.up, answer.down, Vote.objects.count(), VoteChange.objects.count(), len(heard)) == (1, 0, 1, 1, 1)


def test_forty_voters_who_click_twice_count_forty(algebra, answer):
    """Then ten of them change their mind."""
    people = make_members(algebra, 40)
    outcomes = at_once([partial(cast_vote, answer, by=person, value=1) for person in people for _ in range(2)])
    outcomes += at_once([partial(cast_vote, answer, by=person, value=-1, reason="unclear") for person in people[:10]])
    assert errors(outcomes) == []
    answer.refresh_from_db()
    assert (answer.up, answer.down, answer.score, Vote.objects.count()) == (30, 10, 20, 40)


def test_votes_at_once_are_not_more_than_one_person_has_for_another(ada, bob, algebra):
    answers = [make_answer(bob, make_post(ada, algebra, title=f"Turn {n} of the wheel")) for n in range(20)]
    refused = errors(at_once([partial(cast_vote, answer, by=ada, value=1) for answer in answers]))
    assert refused == ["TooOften: at most 5 in 86400 seconds"] * 15
    assert Answer.objects.filter(up=1).count() == VoteChange.objects.count() == 5


def test_two_accepts_at_once_leave_one(ada, bob, otto, question, heard):
    answers = [make_answer(bob, question), make_answer(otto, question, BODY)]
    outcomes = at_once([partial(accept_answer, answer, by=ada) for answer in answers * 5])
    assert errors(outcomes) == []
    question.refresh_from_db()
    (accepted,) = Answer.objects.filter(accepted_at__isnull=False)
    assert question.accepted_at == accepted.accepted_at
    names = [name for name, _ in heard]
    assert names.count("answer_accepted") - names.count("answer_unaccepted") == 1


def test_accept_vote_comment_and_delete_do_not_lock_each_other_out(algebra, ada, bob, question):
    """They lock post and answer from different sides; the foreign keys of new rows lock, too."""
    answers = [make_answer(bob, question, f"{BODY} Take {n}.") for n in range(3)]
    people = make_members(algebra, 6)
    for turn in range(6):
        answer = answers[turn % 3]
        acts = [
            partial(cast_vote, answer, by=person, value=(1, -1, 1, -1, 0, 1)[turn], reason="unclear")
            for person in people
        ]
        acts += [partial(accept_answer, other, by=ada) for other in answers]
        acts += [partial(add_comment, answer, by=person, body=f"Comment {turn}") for person in people]
        acts += [partial(make_answer, person, question, f"{BODY} Turn {turn}.") for person in people]
        acts += [partial(cast_vote, question, by=person, value=turn % 2) for person in people]
        assert errors(at_once(acts)) == []
    assert errors(at_once([partial(delete_answer, answer, by=bob) for answer in answers * 3])) == []
    question.refresh_from_db()
    assert (question.answer_count, question.accepted_at) == (36, None)
    assert Comment.objects.count() == 36


def test_a_new_name_and_votes_of_the_same_people_pass_each_other(algebra, ada, bob, otto, question):
    answers = [make_answer(person, question, f"{BODY} {person}") for person in (bob, otto)]
    for turn in range(8):
        acts = [
            partial(edit_profile, person, name=f"{person.username} {turn}", bio="", time_zone="UTC")
            for person in (ada, bob, otto)
        ]
        acts += [partial(cast_vote, answers[0], by=person, value=turn % 2) for person in (ada, otto)]
        acts += [partial(cast_vote, answers[1], by=person, value=turn % 2) for person in (ada, bob)]
        acts += [partial(add_comment, answers[0], by=person, body=f"Turn {turn}") for person in (ada, bob, otto)]
        assert errors(at_once(acts)) == []


def test_two_who_wrote_on_each_others_answers_are_renamed_at_once(algebra, bob, otto, question):
    answers = [make_answer(person, question, f"{BODY} {n} {person}") for n in range(8) for person in (bob, otto)]
    for answer in answers:
        add_comment(answer, by=otto if answer.author == bob else bob, body="Which step?")
    for turn in range(4):
        acts = [
            partial(edit_profile, person, name=f"{person.username} {turn}", bio="", time_zone="UTC")
            for person in (bob, otto)
        ]
        assert errors(at_once(acts)) == []
    assert set(Answer.objects.values_list("version", flat=True)) == {10}


def test_a_member_who_posts_and_leaves_at_once_does_one_then_the_other(algebra, ada, bob, otto):
    for turn in range(5):
        acts = [partial(leave_community, algebra, by=person) for person in (ada, bob)]
        acts += [partial(make_post, person, algebra, title=f"Turn {turn} of the wheel") for person in (ada, bob)]
        said = errors(at_once(acts))
        assert set(said) <= {"PermissionDenied: Only members of this community can post here."}
        for person in (ada, bob):
            join_community(algebra, by=person)
    algebra.refresh_from_db()
    assert (algebra.member_count, algebra.post_count) == (3, Post.objects.count())


def test_joining_twice_is_one_membership(eve, algebra):
    outcomes = at_once([partial(join_community, algebra, by=eve)] * 10)
    assert errors(outcomes) == []
    algebra.refresh_from_db()
    assert (Membership.objects.filter(user=eve).count(), algebra.member_count) == (1, 4)


def test_two_owners_who_leave_at_once_leave_one_behind(ada, otto):
    community = make_community(otto, ada)
    Membership.objects.filter(user=ada).update(role=Role.OWNER)
    outcomes = at_once([partial(leave_community, community, by=person) for person in (ada, otto)])
    assert errors(outcomes) == ["PermissionDenied: You are the only owner; a community needs one."]
    community.refresh_from_db()
    assert (community.memberships.count(), community.member_count) == (1, 1)


def test_same_answer_twice_is_one(bob, question, heard):
    outcomes = at_once([partial(post_answer, question, by=bob, body=BODY)] * 10)
    assert errors(outcomes) == []
    question.refresh_from_db()
    assert (Answer.objects.count(), question.answer_count, len(heard)) == (1, 1, 1)
    assert Notification.objects.count() == 1


def test_same_post_twice_is_one(ada, algebra, heard):
    ask = partial(publish_post, algebra, by=ada, kind="question", title="Why do signs flip?", body=BODY)
    outcomes = at_once([ask] * 10)
    assert errors(outcomes) == []
    algebra.refresh_from_db()
    assert (Post.objects.count(), algebra.post_count, len(heard)) == (1, 1, 1)


def test_same_comment_twice_is_one(bob, question, heard):
    outcomes = at_once([partial(add_comment, question, by=bob, body="Which step?")] * 10)
    assert errors(outcomes) == []
    assert (Comment.objects.count(), len(heard), Notification.objects.count()) == (1, 1, 1)


def test_many_answers_at_once_are_all_counted(algebra, ada, question):
    people = make_members(algebra, 20)
    outcomes = at_once([partial(post_answer, question, by=person, body=f"{BODY} {person}") for person in people])
    assert errors(outcomes) == []
    question.refresh_from_db()
    assert question.answer_count == 20


def test_communities_of_one_name_get_an_address_each(ada, bob, otto):
    found = partial(create_community, name="Chess", tagline="Endgames.", about="", visibility="public")
    outcomes = at_once([partial(found, by=person) for person in (ada, bob, otto)])
    assert sorted(community.slug for community in outcomes) == ["chess", "chess-2", "chess-3"]


def test_same_community_twice_is_one(ada):
    found = partial(create_community, by=ada, name="Chess", tagline="Endgames.", about="", visibility="public")
    outcomes = at_once([found] * 8)
    assert errors(outcomes) == []
    assert Community.objects.values_list("slug", "member_count").get() == ("chess", 1)


def test_posts_at_once_keep_the_count_of_the_community(algebra):
    people = make_members(algebra, 10)
    outcomes = at_once([partial(make_post, person, algebra, title=f"Question of {person}") for person in people])
    assert errors(outcomes) == []
    algebra.refresh_from_db()
    assert algebra.post_count == 10


@pytest.mark.parametrize("is_answer", [True, False])
def test_reminder_of_what_is_just_being_deleted_is_not_sent(ada, otto, answer, is_answer):
    kept = bookmark(answer if is_answer else answer.post, by=ada)
    describe_bookmark(kept, collection="", note="", remind_on=date(2020, 1, 1))
    reminding = Thread(target=at_once, args=([partial(remind, kept.pk)],))
    with transaction.atomic():
        (delete_answer if is_answer else delete_post)(kept.content, by=otto)
        reminding.start()
        assert has_to_wait(reminding)
    reminding.join()
    kept.refresh_from_db()
    assert (kept.reminded_at is not None, Notification.objects.filter(kind="reminder").count()) == (True, 0)
