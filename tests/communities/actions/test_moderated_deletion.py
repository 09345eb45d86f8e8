"""Deleting and bringing back by moderators, and taking one's name off a question."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from communities.actions.answering import accept_answer, delete_answer, restore_answer
from communities.actions.commenting import delete_comment, restore_comment
from communities.actions.posting import delete_post, disassociate_post, edit_post, restore_post
from communities.actions.voting import cast_vote
from communities.models import Answer, Comment, Membership, Post, Revision, Role
from notifications.actions import notify
from notifications.models import Kind, Notification
from tests.factories import make_comment

REFUSAL = "Only its author, unless a moderator deleted it, and moderators can bring this back."
LONG = "I keep losing the same mark; what is the rule behind it, and how do I remember it while I am under pressure?"


@pytest.fixture
def things(ada, answer) -> list[tuple[Post | Answer | Comment, object, object]]:
    """Each with the acts that delete it and bring it back."""
    comment = make_comment(ada, answer)
    return [
        (comment, delete_comment, restore_comment),
        (answer, delete_answer, restore_answer),
        (answer.post, delete_post, restore_post),
    ]


def is_deleted(content) -> bool:
    content.refresh_from_db()
    return content.is_deleted


def test_moderator_deletes_and_its_author_cannot_bring_it_back(otto, things):
    for content, delete, restore in things:
        delete(content, by=otto)
        with pytest.raises(PermissionDenied) as refusal:
            restore(content, by=content.author)
        assert (str(refusal.value), is_deleted(content)) == (REFUSAL, True)
        restore(content, by=otto)
        assert not is_deleted(content)


def test_author_is_told_what_a_moderator_deleted(ada, bob, otto, things):
    told = []
    for content, delete, restore in things:
        delete(content, by=otto)
        told.append(Notification.objects.values_list("recipient__username", "title").get(kind="deletion"))
        Notification.objects.all().delete()
        restore(content, by=otto)
    title = things[2][0].title
    assert told == [
        ("ada", f"Otto deleted your comment on “{title}”"),
        ("bob", f"Otto deleted your answer to “{title}”"),
        ("ada", f"Otto deleted “{title}”"),
    ]


def test_another_moderator_brings_back_what_its_author_deleted(mina, algebra, things):
    Membership.objects.create(community=algebra, user=mina, role=Role.MODERATOR)
    for content, delete, restore in things:
        delete(content, by=content.author)
        restore(content, by=mina)
        assert not is_deleted(content)


def test_what_an_owner_deleted_a_moderator_leaves(mina, otto, algebra, things):
    Membership.objects.create(community=algebra, user=mina, role=Role.MODERATOR)
    for content, delete, restore in things:
        delete(content, by=otto)
        with pytest.raises(PermissionDenied) as refusal:
            restore(content, by=mina)
        assert str(refusal.value) == "An owner deleted this, so only an owner can bring it back."
        restore(content, by=otto)
        assert not is_deleted(content)
        delete(content, by=mina)
        restore(content, by=otto)
        assert not is_deleted(content)


def test_what_somebody_deleted_who_left_any_moderator_brings_back(mina, ada, otto, algebra, things):
    Membership.objects.create(community=algebra, user=mina, role=Role.MODERATOR)
    for content, delete, _restore in things:
        delete(content, by=otto)
    algebra.memberships.filter(user=otto).delete()
    for content, _delete, restore in reversed(things):
        restore(content, by=mina)
        assert not is_deleted(content)


def test_mentors_neither_delete_nor_bring_back(mina, algebra, things):
    Membership.objects.create(community=algebra, user=mina, role=Role.MENTOR)
    for content, delete, restore in things:
        with pytest.raises(PermissionDenied):
            delete(content, by=mina)
        delete(content, by=content.author)
        with pytest.raises(PermissionDenied):
            restore(content, by=mina)
        restore(content, by=content.author)


def test_moderator_deletes_a_question_that_was_answered_well(ada, otto, answer):
    cast_vote(answer, by=otto, value=1)
    delete_post(answer.post, by=otto)
    assert is_deleted(answer.post)


def test_deleted_ones_are_found_by_author_and_moderators_alone(ada, bob, otto, eve, mina, algebra, things):
    Membership.objects.create(community=algebra, user=mina, role=Role.MENTOR)
    for content, delete, _restore in things:
        delete(content, by=content.author)
        model = type(content)
        found = [p.username for p in (ada, bob, otto, eve, mina) if model.objects.deleted_seen_by(p)]
        assert found == sorted({content.author.username, "otto"})
        _restore(content, by=otto)


def test_disassociate_takes_the_name_off_question_and_history(ada, bob, otto, answer):
    question = answer.post
    edit_post(question, by=ada, title=question.title, body=LONG)
    cast_vote(answer, by=otto, value=1)
    question.refresh_from_db()
    version = question.version
    for _ in range(2):
        disassociate_post(question, by=ada)
    question.refresh_from_db()
    assert (question.author.name, question.version) == ("former member", version + 1)
    editors = Revision.objects.of(question).values_list("editor__username", flat=True)
    assert list(editors) == ["former-member", "former-member"]
    assert Post.objects.filter(author=ada).count() == 0
    with pytest.raises(PermissionDenied):
        edit_post(question, by=ada, title=question.title, body=f"{LONG} Please.")


def test_who_took_their_name_off_a_question_cannot_vote_on_it(ada, bob, otto, answer):
    question = answer.post
    cast_vote(answer, by=otto, value=1)
    disassociate_post(question, by=ada)
    question.refresh_from_db()
    with pytest.raises(PermissionDenied) as refusal:
        cast_vote(question, by=ada, value=1)
    assert str(refusal.value) == "You can't vote on what you wrote yourself."
    cast_vote(question, by=bob, value=1)
    cast_vote(answer, by=ada, value=1)
    question.refresh_from_db()
    assert question.up == 1


def test_disassociate_wants_an_answer_that_helped(ada, otto, answer):
    act = partial(disassociate_post, answer.post, by=ada)
    with pytest.raises(PermissionDenied) as refusal:
        act()
    assert str(refusal.value) == "Nobody has answered this well yet, so you can delete it instead."
    cast_vote(answer, by=otto, value=1)
    act()


def test_only_who_asked_disassociates(bob, otto, eve, answer):
    cast_vote(answer, by=otto, value=1)
    for person in (bob, otto, eve):
        with pytest.raises(PermissionDenied) as refusal:
            disassociate_post(answer.post, by=person)
        assert str(refusal.value) == "Only who asked this can take their name off it."


def test_nobody_signs_up_as_the_former_member(client, db):
    given = {"username": "former-member", "email": "x@example.org", "password1": "stones by the river"}
    assert "kept for the place itself" in client.post("/accounts/signup/", given).content.decode()


def test_a_name_that_was_taken_off_is_in_no_inbox_and_accepted_nothing(ada, bob, otto, mina, answer):
    question = answer.post
    accept_answer(answer, by=ada)
    cast_vote(answer, by=otto, value=1)
    notify(mina, Kind.POST, title="New in Algebra, by Ada: “Why?”", url=question.permanent_url)
    notify(mina, Kind.ANSWER, title="Bob answered “Why?”", url=answer.get_absolute_url())
    version = Answer.objects.get(pk=answer.pk).version
    disassociate_post(question, by=ada)
    answer.refresh_from_db()
    assert (answer.accepted_by.username, answer.version) == ("former-member", version + 1)
    assert not Notification.objects.exclude(recipient=ada).filter(title__contains="Ada").exists()
    assert Notification.objects.filter(recipient=mina).count() == 1
