"""One answer a person, and accepting for somebody who is silent."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities.actions.answering import accept_answer, post_answer, unaccept_answer
from communities.actions.unfit import Unfit
from communities.models import Answer, Community, Membership, Post, PostKind, Role, Trust
from communities.rules import ASKER_SILENT_FOR
from notifications.models import Notification
from tests.factories import make_answer, make_comment, make_post

BODY = "Multiply both sides by the common denominator first."


def test_second_answer_takes_the_word_that_it_is_different(bob, answer):
    for _ in range(2):
        with pytest.raises(Unfit) as refusal:
            post_answer(answer.post, by=bob, body=BODY)
    said = "You have answered already. Say that this is a different approach, or add to your answer."
    assert str(refusal.value) == said
    second = post_answer(answer.post, by=bob, body=BODY, is_different=True)
    assert post_answer(answer.post, by=bob, body=BODY) == second  # a double click
    assert Answer.objects.count() == 2


def test_second_answer_is_refused_to_the_new_and_where_the_community_wants_one(bob, algebra, answer):
    Membership.objects.filter(user=bob).update(trust_level=Trust.NEW)
    with pytest.raises(Unfit) as refusal:
        post_answer(answer.post, by=bob, body=BODY, is_different=True)
    assert str(refusal.value) == "You are new here, so one answer is what you can give. You can add to it."
    Membership.objects.filter(user=bob).update(trust_level=Trust.KNOWN)
    Community.objects.filter(pk=algebra.pk).update(has_second_answers=False)
    with pytest.raises(Unfit) as refusal:
        post_answer(answer.post, by=bob, body=BODY, is_different=True)
    assert str(refusal.value) == "In this community everybody gives one answer. You can add to yours."
    assert Answer.objects.count() == 1


def test_replies_in_a_discussion_are_as_many_as_one_wants(ada, bob, algebra):
    talk = make_post(ada, algebra, kind=PostKind.DISCUSSION, title="Which book do you like best?")
    for number in range(2):
        make_answer(bob, talk, f"{BODY} {number}")
    assert talk.answers.count() == 2


def old(answer: Answer, age: timedelta) -> Answer:
    """Written that long ago, to a question of the same age."""
    for model, pk in ((Answer, answer.pk), (Post, answer.post_id)):
        model.objects.filter(pk=pk).update(created_at=timezone.now() - age)
    return Answer.objects.get(pk=answer.pk)


def test_moderator_accepts_for_an_asker_who_is_silent_for_a_week(ada, otto, answer):
    answer = old(answer, ASKER_SILENT_FOR - timedelta(minutes=1))
    with pytest.raises(PermissionDenied) as refusal:
        accept_answer(answer, by=otto)
    assert str(refusal.value) == "Only who asked can accept an answer."
    Notification.objects.all().delete()
    answer = old(answer, ASKER_SILENT_FOR)
    accept_answer(answer, by=otto)
    answer.refresh_from_db()
    assert (answer.accepted_by, answer.trust.name) == (otto, "ACCEPTED")
    assert list(Notification.objects.order_by("pk").values_list("recipient__username", "title")) == [
        ("bob", "Otto accepted your answer to “Why do signs flip in brackets?”"),
        ("ada", "Otto accepted an answer to “Why do signs flip in brackets?” for you; you can choose another one"),
    ]
    unaccept_answer(answer, by=otto)
    assert not Answer.objects.filter(accepted_at__isnull=False).exists()


def test_moderator_does_not_accept_when_who_asked_is_there_or_has_chosen(ada, bob, otto, answer):
    answer = old(answer, ASKER_SILENT_FOR)
    comment = make_comment(ada, answer)
    with pytest.raises(PermissionDenied) as refusal:
        accept_answer(answer, by=otto)
    assert str(refusal.value) == "Who asked was here within the last week; it is for them to accept an answer."
    comment.delete()
    other = old(make_answer(otto, answer.post, BODY), ASKER_SILENT_FOR)
    with pytest.raises(PermissionDenied):
        accept_answer(other, by=otto)
    accept_answer(answer, by=ada)
    for act in (unaccept_answer, accept_answer):
        with pytest.raises(PermissionDenied):
            act(answer, by=otto)
    answer.refresh_from_db()
    assert answer.accepted_by == ada


def test_who_only_reads_accepts_nothing(ada, answer):
    Membership.objects.filter(user=ada).update(role=Role.READ_ONLY)
    with pytest.raises(PermissionDenied):
        accept_answer(answer, by=ada)
