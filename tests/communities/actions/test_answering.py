"""Answers: posted, edited, accepted, deleted and brought back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities import rules
from communities.actions.answering import (
    accept_answer,
    delete_answer,
    edit_answer,
    post_answer,
    restore_answer,
    unaccept_answer,
)
from communities.actions.posting import delete_post
from communities.models import Answer, PostKind
from tests.factories import make_answer, make_post

RESTORING = "Only its author, unless a moderator deleted it, and moderators can bring this back."
BODY = "Multiply both sides by the common denominator first."
OTHER_BODY = "Draw the two graphs and look where they meet, then check."


def accepted(question) -> list[Answer]:
    question.refresh_from_db()
    found = list(question.answers.filter(accepted_at__isnull=False))
    assert question.accepted_at == (found[0].accepted_at if found else None)
    return found


def names(heard) -> list[str]:
    return [name for name, _ in heard]


def test_post_answer_stores_renders_counts_and_announces(bob, question, heard):
    answer = post_answer(question, by=bob, body=f"**First** {BODY}")
    version = question.version
    question.refresh_from_db()
    assert (answer.author, answer.post, answer.body) == (bob, question, f"**First** {BODY}")
    assert answer.html == f"<p><strong>First</strong> {BODY}</p>\n"
    assert (question.answer_count, question.accepted_at, question.version) == (1, None, version + 1)
    assert heard == [("answer_published", {"answer": answer})]


def test_same_text_again_is_the_same_answer(bob, otto, question, heard):
    first = post_answer(question, by=bob, body=BODY, is_different=True)
    assert post_answer(question, by=bob, body=BODY, is_different=True) == first
    assert post_answer(question, by=otto, body=BODY, is_different=True) != first
    assert post_answer(question, by=bob, body=OTHER_BODY, is_different=True) != first
    question.refresh_from_db()
    assert (question.answer_count, len(heard)) == (3, 3)


def test_same_text_much_later_is_another_answer(bob, question):
    first = post_answer(question, by=bob, body=BODY, is_different=True)
    Answer.objects.filter(pk=first.pk).update(created_at=timezone.now() - rules.SAME_TEXT_WINDOW)
    assert post_answer(question, by=bob, body=BODY, is_different=True) != first


def test_same_text_after_deletion_is_another_answer(bob, question):
    first = post_answer(question, by=bob, body=BODY)
    delete_answer(first, by=bob)
    assert post_answer(question, by=bob, body=BODY) != first


def test_outsiders_and_deleted_posts_get_no_answer(ada, bob, eve, question, heard):
    with pytest.raises(PermissionDenied) as refusal:
        post_answer(question, by=eve, body=BODY)
    assert str(refusal.value) == "Only members of this community can answer here."
    delete_post(question, by=ada)
    with pytest.raises(PermissionDenied):
        post_answer(question, by=bob, body=BODY)
    assert (Answer.objects.count(), names(heard)) == (0, ["post_deleted"])


def test_edit_changes_text_and_version(bob, answer):
    body = f"{BODY} {OTHER_BODY}"
    edited = edit_answer(answer, by=bob, body=body)
    answer.refresh_from_db()
    assert (answer.body, answer.html, answer.version) == (body, f"<p>{body}</p>\n", 2)
    assert (edited.pk, answer.edited_at is not None) == (answer.pk, True)


def test_edit_to_the_same_text_changes_nothing(bob, answer):
    edit_answer(answer, by=bob, body=answer.body)
    answer.refresh_from_db()
    assert (answer.version, answer.edited_at) == (1, None)


def test_others_edit_and_delete_nothing(ada, eve, answer):
    for person in (ada, eve):
        with pytest.raises(PermissionDenied) as refusal:
            edit_answer(answer, by=person, body=BODY)
        assert str(refusal.value) == "Only its author and moderators can change this."
        with pytest.raises(PermissionDenied) as refusal:
            delete_answer(answer, by=person)
        assert str(refusal.value) == "Only its author and moderators can delete this."
    answer.refresh_from_db()
    assert (answer.version, answer.deleted_at) == (1, None)


def test_accept_says_who_and_when_and_announces_once(ada, answer, heard):
    accept_answer(answer, by=ada)
    accept_answer(answer, by=ada)
    (found,) = accepted(answer.post)
    assert (found.pk, found.accepted_by, found.version) == (answer.pk, ada, 2)
    assert heard == [("answer_accepted", {"answer": answer})]


def test_accept_another_moves_the_acceptance(ada, otto, answer, heard):
    other = make_answer(otto, answer.post, OTHER_BODY)
    accept_answer(answer, by=ada)
    heard.clear()
    accept_answer(other, by=ada)
    assert accepted(answer.post) == [other]
    assert [(name, fact["answer"]) for name, fact in heard] == [
        ("answer_unaccepted", answer),
        ("answer_accepted", other),
    ]


def test_unaccept_takes_it_back_once(ada, answer, heard):
    accept_answer(answer, by=ada)
    unaccept_answer(answer, by=ada)
    unaccept_answer(answer, by=ada)
    assert accepted(answer.post) == []
    assert names(heard) == ["answer_accepted", "answer_unaccepted"]


def test_only_who_asked_accepts(bob, otto, eve, answer, heard):
    for person in (bob, otto, eve):
        for act in (accept_answer, unaccept_answer):
            with pytest.raises(PermissionDenied) as refusal:
                act(answer, by=person)
            assert str(refusal.value) == "Only who asked can accept an answer."
    assert (accepted(answer.post), heard) == ([], [])


def test_discussions_accept_nothing(ada, bob, algebra):
    talk = make_post(ada, algebra, kind=PostKind.DISCUSSION)
    reply = make_answer(bob, talk)
    with pytest.raises(PermissionDenied):
        accept_answer(reply, by=ada)
    assert accepted(talk) == []


def test_deleted_answers_are_not_accepted(ada, bob, answer):
    delete_answer(answer, by=bob)
    with pytest.raises(PermissionDenied):
        accept_answer(answer, by=ada)
    assert accepted(answer.post) == []


def test_own_answer_is_accepted_after_two_days(ada, question):
    own = make_answer(ada, question)
    with pytest.raises(PermissionDenied) as refusal:
        accept_answer(own, by=ada)
    assert str(refusal.value) == "You can accept your own answer after two days, so that others may answer first."
    Answer.objects.filter(pk=own.pk).update(created_at=timezone.now() - timedelta(hours=48))
    accept_answer(own, by=ada)
    (found,) = accepted(question)
    assert (found, found.is_self_accepted) == (own, True)


def test_delete_takes_answer_and_acceptance_out_of_sight(ada, bob, answer, heard):
    accept_answer(answer, by=ada)
    heard.clear()
    delete_answer(answer, by=bob)
    delete_answer(answer, by=bob)
    answer.refresh_from_db()
    assert (accepted(answer.post), answer.post.answer_count, answer.deleted_by) == ([], 0, bob)
    assert names(heard) == ["answer_deleted", "answer_unaccepted"]
    assert list(Answer.objects.visible_to(ada)) == []


def test_restore_brings_it_back_without_the_acceptance(ada, bob, answer):
    accept_answer(answer, by=ada)
    answer.refresh_from_db()
    accepted_version = answer.version
    delete_answer(answer, by=bob)
    restore_answer(answer, by=bob)
    restore_answer(answer, by=bob)
    answer.refresh_from_db()
    assert (accepted(answer.post), answer.post.answer_count, answer.deleted_at, answer.deleted_by) == (
        [],
        1,
        None,
        None,
    )
    assert answer.version > accepted_version  # no cached fragment shows it as accepted


def test_others_restore_nothing(ada, bob, eve, answer):
    delete_answer(answer, by=bob)
    for person in (ada, eve):
        with pytest.raises(PermissionDenied) as refusal:
            restore_answer(answer, by=person)
        assert str(refusal.value) == RESTORING
    answer.refresh_from_db()
    assert answer.is_deleted


@pytest.mark.parametrize(
    ("promise", "change"),
    [
        ("one_accepted_answer_per_post", {"accepted_at": timezone.now(), "by": True}),
        ("accepted_says_who_and_stands", {"accepted_at": timezone.now(), "by": False}),
        ("accepted_says_who_and_stands", {"deleted_at": timezone.now(), "first": True}),
    ],
)
def test_the_database_keeps_the_promises(ada, bob, otto, answer, promise, change):
    other = make_answer(otto, answer.post, OTHER_BODY)
    accept_answer(answer, by=ada)
    row = answer if change.pop("first", False) else other
    if change.pop("by", False):
        change["accepted_by"] = ada
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Answer.objects.filter(pk=row.pk).update(**change)
