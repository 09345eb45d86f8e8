"""Endorsing: who may, what it makes of an answer, and what an edit makes of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.actions.answering import accept_answer, delete_answer, edit_answer
from communities.actions.community import join_community
from communities.actions.endorsing import endorse_answer, withdraw_endorsement
from communities.models import Answer, Endorsement, Membership, PostKind, Role
from communities.writing import is_rewritten
from notifications.models import Notification
from tests.factories import make_answer, make_picture, make_post

OTHER = "Completely different words stand here now, every one of them replaced by its author."


@pytest.fixture(autouse=True)
def mentor(mina, algebra, answer) -> Membership:
    """Mina mentors here."""
    join_community(algebra, by=mina)
    Membership.objects.filter(user=mina).update(role=Role.MENTOR)
    Notification.objects.all().delete()
    return Membership.objects.get(user=mina)


def facts(answer: Answer) -> tuple[str, bool, bool]:
    """Its state, whether it was edited since, and whether its question is answered."""
    answer = Answer.objects.select_related("post").get(pk=answer.pk)
    return answer.trust.name, answer.is_edited_since, answer.post.is_answered


def told() -> list[tuple[str, str]]:
    return list(Notification.objects.order_by("pk").values_list("recipient__username", "title"))


def test_mentor_endorses_once_and_the_author_hears_of_it(mina, answer, heard):
    version = answer.version
    for _ in range(2):
        endorse_answer(answer, by=mina)
    endorsement = Endorsement.objects.get()
    assert (endorsement.answer, endorsement.by, endorsement.role) == (answer, mina, "mentor")
    assert facts(answer) == ("VALIDATED", False, True)
    assert told() == [("bob", "Mina endorsed your answer to “Why do signs flip in brackets?”")]
    assert [name for name, _ in heard] == ["answer_endorsed"]
    answer.refresh_from_db()
    assert (answer.endorsed_at, answer.version) == (endorsement.created_at, version + 1)


def test_any_endorser_withdraws_and_the_row_stays(mina, otto, answer, heard):
    endorse_answer(answer, by=mina)
    endorse_answer(answer, by=otto)
    first, second = Endorsement.objects.order_by("pk")
    Notification.objects.all().delete()
    for _ in range(2):
        withdraw_endorsement(first, by=otto)
    assert facts(answer)[0] == "VALIDATED"
    assert told() == [("mina", "Otto withdrew your endorsement of an answer to “Why do signs flip in brackets?”")]
    withdraw_endorsement(second, by=otto)
    assert facts(answer) == ("UNREVIEWED", False, False)
    first.refresh_from_db()
    assert (first.withdrawn_by, first.withdrawn_at is not None, Endorsement.objects.count()) == (otto, True, 2)
    assert [name for name, _ in heard] == ["answer_endorsed"] * 2 + ["endorsement_withdrawn"] * 2
    endorse_answer(answer, by=mina)
    assert Endorsement.objects.standing().count() == 1


@pytest.mark.parametrize("role", [Role.MEMBER, Role.READ_ONLY])
def test_who_is_no_mentor_any_more_takes_back_their_own_word_if_they_may_write(mina, otto, mentor, answer, role):
    endorse_answer(answer, by=mina)
    endorse_answer(answer, by=otto)
    Membership.objects.filter(pk=mentor.pk).update(role=role)
    own, other = Endorsement.objects.order_by("pk")
    for endorsement, may in ((own, role == Role.MEMBER), (other, False)):
        if may:
            withdraw_endorsement(endorsement, by=mina)
            continue
        with pytest.raises(PermissionDenied) as refusal:
            withdraw_endorsement(endorsement, by=mina)
        assert str(refusal.value) == "Mentors and moderators take endorsements back here, and who gave them."
    standing = Endorsement.objects.standing().order_by("pk")
    assert list(standing) == ([other] if role == Role.MEMBER else [own, other])


def test_who_may_not_endorse_is_told_why(ada, bob, otto, mina, eve, algebra, answer):
    own = make_answer(mina, answer.post, "A mentor's own answer, long enough to be one.")
    reply = make_answer(bob, make_post(ada, algebra, kind=PostKind.DISCUSSION, title="Which book do you like best?"))
    others = "Mentors and moderators endorse answers to questions here."
    for person, target, sentence in (
        (ada, answer, others),
        (eve, answer, others),
        (bob, answer, "You can't endorse what you wrote yourself."),
        (mina, own, "You can't endorse what you wrote yourself."),
        (mina, reply, others),
    ):
        with pytest.raises(PermissionDenied) as refusal:
            endorse_answer(target, by=person)
        assert str(refusal.value) == sentence
    endorse_answer(answer, by=otto)
    with pytest.raises(PermissionDenied):
        withdraw_endorsement(Endorsement.objects.get(), by=ada)
    assert Endorsement.objects.standing().count() == 1
    delete_answer(answer, by=bob)
    with pytest.raises(PermissionDenied):
        endorse_answer(answer, by=mina)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("one two three four five", "one two three four five", False),
        ("one two three four five", "one two three four 5", False),
        ("one two three four five", "one two three 4 5", True),
        ("one two three four", "one two three 4", True),
        ("one two three four five six", "one two three four five six seven eight nine", False),
        ("one two three four five six", "one two three four five six seven eight nine ten", True),
        ("", "one", True),
        ("你好世界朋友再见明天", "你好世界朋友再见今天", False),
        ("你好世界朋友", "你好世界老师", True),
        ("a b " * 7_500, "b a " * 7_400 + "c d " * 100, False),
    ],
)
def test_rewritten_is_more_than_a_fifth_of_the_words(before, after, expected):
    assert is_rewritten(before, after) == expected


def test_rewritten_answer_waits_until_it_is_endorsed_again(mina, bob, otto, answer):
    endorse_answer(answer, by=mina)
    Notification.objects.all().delete()
    edit_answer(answer, by=bob, body=answer.body + " Indeed.")
    assert (facts(answer), told()) == (("VALIDATED", False, True), [])
    edit_answer(answer, by=bob, body=OTHER)
    title = "Bob rewrote an answer that you vouched for, to “Why do signs flip in brackets?”. Does it still hold?"
    assert (facts(answer), told()) == (("VALIDATED", True, True), [("mina", title)])
    endorse_answer(answer, by=mina)
    assert facts(answer) == ("VALIDATED", False, True)
    endorsement = Endorsement.objects.get()
    assert endorsement.confirmed_at > endorsement.created_at
    edit_answer(answer, by=bob, body=answer.body)
    endorse_answer(answer, by=otto)
    assert facts(answer) == ("VALIDATED", False, True)


def test_answer_that_is_rewritten_by_and_by_waits_too(mina, bob, answer):
    words = [f"word{n}" for n in range(20)]
    edit_answer(answer, by=bob, body=" ".join(words))
    endorse_answer(answer, by=mina)
    Notification.objects.all().delete()
    for changes, waits in ((2, False), (4, False), (6, True), (8, True)):
        words[changes - 2 : changes] = ["other", "terms"]
        edit_answer(answer, by=bob, body=" ".join(words))
        assert (changes, Answer.objects.get(pk=answer.pk).is_edited_since) == (changes, waits)
    assert [who for who, _title in told()] == ["mina"]


def test_accepted_answer_that_is_rewritten_waits_until_it_is_accepted_again(ada, bob, answer, heard):
    accept_answer(answer, by=ada)
    Answer.objects.filter(pk=answer.pk).update(up=3)
    Notification.objects.all().delete()
    edit_answer(answer, by=bob, body=OTHER)
    assert (facts(answer), [name for name, _ in told()]) == (("VALIDATED", True, True), ["ada"])
    accepted_at = Answer.objects.get(pk=answer.pk).accepted_at
    Notification.objects.all().delete()
    for _ in range(2):
        accept_answer(answer, by=ada)
        answer.refresh_from_db()
        assert (facts(answer), told()) == (("VALIDATED", False, True), [])
    assert answer.accepted_at == answer.post.accepted_at > accepted_at
    assert [name for name, _ in heard].count("answer_accepted") == 1


@pytest.mark.parametrize(
    ("promise", "change"),
    [
        ("one_standing_endorsement", {}),
        ("withdrawn_says_who", {"withdrawn_at": timezone.now()}),
    ],
)
def test_the_database_keeps_the_promises(mina, answer, promise, change):
    endorse_answer(answer, by=mina)
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Endorsement.objects.create(answer=answer, by=mina, role=Role.MENTOR, **change)


def test_a_picture_without_description_keeps_an_answer_from_being_endorsed(mina, bob, algebra, question):
    picture = make_picture(bob, algebra)
    answer = make_answer(bob, question, f"Look at this, it says all: ![]({picture.get_absolute_url()})")
    with pytest.raises(PermissionDenied) as refusal:
        endorse_answer(answer, by=mina)
    assert str(refusal.value) == "A picture in it has no description yet. Suggest one by an edit, then endorse it."
    edit_answer(answer, by=bob, body=f"Look at this: ![the number line]({picture.get_absolute_url()})")
    endorse_answer(answer, by=mina)
    assert answer.endorsements.standing().count() == 1


def test_a_picture_without_description_keeps_nobody_from_taking_back_their_word(mina, bob, algebra, answer):
    endorse_answer(answer, by=mina)
    picture = make_picture(bob, algebra)
    edit_answer(answer, by=bob, body=f"Look at this, it says all: ![]({picture.get_absolute_url()})")
    withdraw_endorsement(Endorsement.objects.get(), by=mina)
    assert Endorsement.objects.standing().count() == 0
