"""Following: once each, one target; followers hear of what is new, once, and only if they may see it."""

from datetime import timedelta
from queue import Queue

import pytest
from celery.signals import task_success
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.actions.answering import delete_answer
from communities.actions.commenting import delete_comment
from communities.actions.community import join_community, leave_community
from communities.actions.following import follow, tell_followers
from communities.actions.tagging import approve_tag, merge_tags
from communities.models import Follow, Level, Role, Tag, Telling
from notifications.models import Notification
from tests.factories import make_answer, make_comment, make_post, make_tag


def tell() -> None:
    """What the worker does."""
    for telling in Telling.objects.order_by("pk"):
        tell_followers(telling.pk)
        tell_followers(telling.pk)


def heard_by(person) -> list[str]:
    return list(Notification.objects.of(person).order_by("pk").values_list("title", flat=True))


def test_follow_is_one_row_whatever_is_clicked(bob, question):
    for level in (Level.ALL, Level.ALL, Level.OFF, Level.DIGEST):
        follow(question, by=bob, level=level)
    assert list(bob.follows.values_list("post", "level")) == [(question.pk, "digest")]


def test_nobody_follows_themselves(ada):
    with pytest.raises(PermissionDenied) as refusal:
        follow(ada, by=ada, level=Level.ALL)
    assert str(refusal.value) == "You can't follow yourself."


@pytest.mark.parametrize(
    ("broken", "promise"),
    [
        ({}, "follow_has_exactly_one_target"),
        ({"community": True, "post": True}, "follow_has_exactly_one_target"),
        ({"person": True, "post": True}, "follow_has_exactly_one_target"),
        ({"community": True, "level": "loud"}, "follow_level_known"),
    ],
)
def test_database_holds_exactly_one_target(ada, bob, question, broken, promise):
    things = {"community": question.community, "post": question, "person": ada, "level": "loud"}
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Follow.objects.create(follower=bob, **{field: things[field] for field in broken})


def test_author_follows_their_post_and_may_stop(ada, bob, algebra):
    post = make_post(ada, algebra)
    assert list(ada.follows.values_list("post", "level")) == [(post.pk, "all")]
    make_answer(bob, post)
    follow(post, by=ada, level=Level.OFF)
    make_answer(bob, post, "Another answer that is long enough.")
    tell()
    assert heard_by(ada) == ["Bob answered “Why do signs flip in brackets?”"]


def test_each_way_of_following_tells_of_a_new_post_once(ada, bob, mina, eve, otto, algebra):
    tag = make_tag(algebra, "Signs")
    followed = {bob: [algebra, tag, ada], mina: [tag], eve: [ada], otto: [algebra], ada: [algebra]}
    for person, targets in followed.items():
        for target in targets:
            follow(target, by=person, level=Level.ALL)
    post = make_post(ada, algebra, tags=["signs"])
    tell()
    said = ["New in Algebra, by Ada: “Why do signs flip in brackets?”"]
    assert [heard_by(person) for person in (bob, mina, eve, otto, ada)] == [said, said, said, said, []]
    assert Notification.objects.of(bob).get().url == post.permanent_url
    assert not Telling.objects.exists()


def test_level_below_all_and_proposed_tags_tell_nothing(ada, bob, mina, otto, algebra):
    follow(algebra, by=bob, level=Level.DIGEST)
    follow(ada, by=mina, level=Level.OFF)
    make_post(ada, algebra, tags=["rare"])
    follow(Tag.objects.get(slug="rare"), by=otto, level=Level.ALL)
    tell()
    assert [heard_by(person) for person in (bob, mina, otto)] == [[], [], []]
    approve_tag(Tag.objects.get(slug="rare"), by=otto)
    make_post(ada, algebra, title="Another question about it", tags=["rare"])
    tell()
    assert len(heard_by(otto)) == 1


def test_followers_of_a_post_hear_of_answers_and_nobody_twice(ada, bob, mina, otto, algebra, question):
    for person in (bob, mina, otto):
        follow(question, by=person, level=Level.ALL)
    make_answer(bob, question, "For @otto: a subtraction adds a negative number.")
    tell()
    assert heard_by(ada) == ["Bob answered “Why do signs flip in brackets?”"]
    assert heard_by(otto) == ["Bob mentioned you in “Why do signs flip in brackets?”"]
    assert heard_by(mina) == ["Bob answered “Why do signs flip in brackets?”, which you follow"]
    assert heard_by(bob) == []


def test_whoever_writes_in_a_post_follows_it_unless_they_chose_otherwise(ada, bob, otto, question):
    follow(question, by=otto, level=Level.OFF)
    make_answer(bob, question)
    for person in (ada, otto):
        make_comment(person, question)
    levels = {person.username: person.follows.get(post=question).level for person in (ada, bob, otto)}
    assert levels == {"ada": "all", "bob": "all", "otto": "off"}
    make_answer(otto, question, "Another answer that is long enough.")
    tell()
    assert heard_by(bob) == ["Otto answered “Why do signs flip in brackets?”, which you follow"]


def test_those_who_commented_hear_of_the_next_comment_there_once(ada, bob, otto, mina, algebra, question):
    join_community(algebra, by=mina)
    elsewhere = make_answer(otto, question)
    make_comment(bob, elsewhere, "What do you mean by that?")
    make_comment(mina, question)
    tell()
    Notification.objects.all().delete()
    make_comment(otto, question, "I mean the second step.")
    make_comment(otto, question, "And the third step.")
    tell()
    assert (heard_by(mina), heard_by(bob)) == (["Otto commented on “Why do signs flip in brackets?”, as you did"], [])
    Notification.objects.of(mina).update(read_at=timezone.now())
    last = make_comment(otto, question, "And the last step.")
    tell()
    assert Notification.objects.of(mina).unread().get().url == last.get_absolute_url()
    make_comment(ada, elsewhere, "The same question.")
    tell()
    assert heard_by(bob) == ["Ada commented on an answer to “Why do signs flip in brackets?”, as you did"]


def test_who_is_mentioned_wrote_the_text_or_commented_first_hears_of_a_comment_once(ada, bob, otto, question):
    for person in (ada, bob, otto):
        make_comment(person, question)
    tell()
    Notification.objects.all().delete()
    make_comment(otto, question, "@bob means the second step.")
    tell()
    title = "“Why do signs flip in brackets?”"
    assert [heard_by(person) for person in (ada, bob, otto)] == [
        [f"Otto commented on {title}"],
        [f"Otto mentioned you in {title}"],
        [],
    ]


@pytest.mark.parametrize("why", ["off", "left", "reads only", "deleted their comment", "comment deleted"])
def test_who_no_longer_takes_part_hears_of_no_comment(why, bob, otto, question):
    mine = make_comment(bob, question)
    said = make_comment(otto, question, "I mean the second step.")
    if why == "off":
        follow(question, by=bob, level=Level.OFF)
    elif why == "left":
        leave_community(question.community, by=bob)
    elif why == "reads only":
        question.community.memberships.filter(user=bob).update(role=Role.READ_ONLY)
    else:
        gone = mine if why == "deleted their comment" else said
        delete_comment(gone, by=gone.author)
    tell()
    assert heard_by(bob) == []


def test_who_left_a_private_community_hears_nothing(ada, bob, otto, closed):
    post = make_post(ada, closed)
    for target in (post, closed, ada):
        follow(target, by=bob, level=Level.ALL)
    leave_community(closed, by=bob)
    make_answer(otto, post)
    make_post(ada, closed, title="Another question among us")
    tell()
    assert heard_by(bob) == []
    join_community(closed, by=bob, invite_key=closed.invite_key)
    make_answer(otto, post, "Another answer that is long enough.")
    tell()
    assert len(heard_by(bob)) == 1


def test_deleted_before_it_was_told_is_not_told(bob, mina, question):
    follow(question, by=mina, level=Level.ALL)
    delete_answer(make_answer(bob, question), by=bob)
    tell()
    assert heard_by(mina) == []


def test_merge_moves_followers(bob, mina, otto, algebra):
    old, new = make_tag(algebra, "Old"), make_tag(algebra, "New")
    follow(old, by=bob, level=Level.ALL)
    follow(old, by=mina, level=Level.ALL)
    follow(new, by=mina, level=Level.OFF)
    merge_tags(old, by=otto, into=new)
    rows = Follow.objects.exclude(tag=None).order_by("follower").values_list("follower", "tag", "level")
    assert list(rows) == [(bob.pk, new.pk, "all"), (mina.pk, new.pk, "off")]


def test_published_post_waits_in_its_row_and_the_sweep_finds_it(ada, algebra):
    make_post(ada, algebra)
    assert list(Telling.objects.waiting()) == []
    Telling.objects.update(created_at=timezone.now() - timedelta(minutes=3))
    assert list(Telling.objects.waiting()) == [Telling.objects.get().pk]


@pytest.mark.django_db(transaction=True)
def test_worker_tells_followers_after_the_commit(worker, mina, ada, algebra):
    follow(algebra, by=mina, level=Level.ALL)
    done = Queue()

    def note(sender, **_) -> None:
        done.put(sender.name)

    task_success.connect(note)
    with worker():
        make_post(ada, algebra)
        while done.get(timeout=30) != "communities.tasks.tell_followers":
            pass
    task_success.disconnect(note)
    assert len(heard_by(mina)) == 1
