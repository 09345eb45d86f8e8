"""Something is told in the very moment in which the person leaves, or the text goes: nothing of it stays behind."""

from datetime import date
from functools import partial
from threading import Thread

import pytest
from django.db import transaction

from communities.actions.answering import delete_answer
from communities.actions.bookmarking import bookmark, describe_bookmark, remind
from communities.actions.calling import tell_everyone
from communities.actions.commenting import add_comment, delete_comment
from communities.actions.community import describe_community, leave_community
from communities.actions.following import follow, tell_followers
from communities.models import Callout, Membership, Role, Telling
from notifications.models import Notification
from tests.communities.at_once import at_once, errors, has_to_wait
from tests.factories import make_answer, make_post

pytestmark = pytest.mark.django_db(transaction=True)

BODY = "Multiply both sides by the common denominator first."


def reminding(ada, bob, closed):
    kept = bookmark(make_post(ada, closed), by=bob)
    describe_bookmark(kept, collection="", note="", remind_on=date(2020, 1, 1))
    return partial(remind, kept.pk)


def following(ada, bob, closed):
    follow(closed, by=bob, level="all")
    return partial(tell_followers, Telling.objects.get(post=make_post(ada, closed)).pk)


def calling(ada, bob, closed):
    Membership.objects.filter(user=ada, community=closed).update(role=Role.MODERATOR)
    make_post(ada, closed, body="For @everyone: read this before the next lesson, please.")
    return partial(tell_everyone, Callout.objects.get().pk)


def mentioning(ada, bob, closed):
    return partial(make_post, ada, closed, body="What does @bob think of this one, I wonder?")


def answering(ada, bob, closed):
    return partial(make_answer, ada, make_post(bob, closed), BODY)


def deleting(ada, bob, closed):
    Membership.objects.filter(user=ada, community=closed).update(role=Role.MODERATOR)
    answer = make_answer(bob, make_post(ada, closed), BODY)
    return partial(delete_answer, answer, by=ada, reason="misplaced")


TELLING = [reminding, following, calling, mentioning, answering, deleting]


@pytest.mark.parametrize("prepare", TELLING)
def test_who_is_just_leaving_a_private_community_hears_nothing_of_it(ada, bob, closed, prepare):
    act = prepare(ada, bob, closed)
    outcomes: list[object] = []
    other = Thread(target=lambda: outcomes.extend(at_once([act])))
    with transaction.atomic():
        leave_community(closed, by=bob)
        other.start()
        assert has_to_wait(other)
    other.join()
    assert (errors(outcomes), Notification.objects.of(bob).count()) == ([], 0)


@pytest.mark.parametrize("prepare", TELLING)
def test_who_leaves_a_private_community_takes_along_what_is_just_said(ada, bob, closed, prepare):
    act = prepare(ada, bob, closed)
    outcomes: list[object] = []
    other = Thread(target=lambda: outcomes.extend(at_once([partial(leave_community, closed, by=bob)])))
    with transaction.atomic():
        act()
        told = Notification.objects.of(bob).count()
        other.start()
        assert has_to_wait(other)
    other.join()
    assert (told > 0, errors(outcomes), Notification.objects.of(bob).count()) == (True, [], 0)


def test_who_is_outside_hears_nothing_of_what_is_just_made_private(ada, otto, eve, algebra):
    follow(algebra, by=eve, level="all")
    pk = Telling.objects.get(post=make_post(ada, algebra)).pk
    other = Thread(target=at_once, args=([partial(tell_followers, pk)],))
    with transaction.atomic():
        describe_community(algebra, by=otto, name="Algebra", tagline="x", about="", visibility="private")
        other.start()
        assert has_to_wait(other)
    other.join()
    assert (Notification.objects.of(eve).count(), Telling.objects.count()) == (0, 0)


def test_comment_that_is_deleted_while_it_is_told_leaves_the_inboxes(ada, bob, otto, question):
    add_comment(question, by=bob, body="Which step?")
    comment = add_comment(question, by=otto, body="The second one?")
    pk = Telling.objects.get(comment=comment).pk
    other = Thread(target=at_once, args=([partial(delete_comment, comment, by=otto)],))
    with transaction.atomic():
        tell_followers(pk)
        told = Notification.objects.of(bob).count()
        other.start()
        assert has_to_wait(other)
    other.join()
    assert (told, Notification.objects.of(bob).count()) == (1, 0)
