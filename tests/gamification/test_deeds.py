"""XP from what stands, was accepted, came late or was mended; and that each goes with its cause."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.former import former_member
from accounts.models import User
from communities.actions.answering import accept_answer, delete_answer, restore_answer, unaccept_answer
from communities.actions.community import join_community, leave_community
from communities.actions.posting import convert_post, delete_post, disassociate_post, restore_post
from communities.actions.rewriting import return_to
from communities.actions.suggesting import approve_suggestion
from communities.actions.voting import cast_vote
from communities.models import Answer, Membership, Post, Revision
from gamification.models import Entry, Rescore
from gamification.rules import KEPT_AFTER, SETTLED_ANEW_IN_NIGHTS
from gamification.settling import settle_some, settle_what_stood
from gamification.tasks import refresh_scores
from tests.factories import make_answer, make_post, make_suggestion
from tests.gamification.book import DAY, age, lines, settle, standing, xp

OTHER = "Think of the number line: walk the other way."


def test_question_and_answer_settle_once_after_a_day(ada, bob, answer):
    settle(answer.post, answer, by=DAY - timedelta(minutes=1))
    assert Entry.objects.count() == 0
    settle(answer.post, answer, by=timedelta(minutes=2))
    settle(answer.post, answer, by=timedelta(0))
    assert (lines(ada), lines(bob)) == ([("Q1", 3), ("T1", 2)], [("A1", 4), ("T1", 2)])
    assert Entry.objects.get(rule="A1").occurred_at == Answer.objects.get().created_at


def test_below_zero_waits_and_what_settled_stays(ada, bob, otto, answer):
    cast_vote(answer, by=otto, value=-1, reason="unclear")
    settle(answer)
    assert standing(bob) == [("A3", -2)]
    cast_vote(answer, by=otto, value=0)
    settle(answer, by=timedelta(0))
    cast_vote(answer, by=otto, value=-1, reason="unclear")
    assert standing(bob) == [("A1", 4), ("A3", -2), ("T1", 2)]


def test_what_rose_above_zero_late_settles_in_its_night(ada, bob, otto, answer):
    age(answer.post, answer, by=60 * DAY)
    settle_what_stood()
    assert (standing(ada), standing(bob)) == ([], [])
    for night in range(SETTLED_ANEW_IN_NIGHTS):
        settle_some(night=night)
    assert (standing(ada), standing(bob)) == ([("Q1", 3), ("T1", 2)], [("A1", 4), ("T1", 2)])


def test_what_cannot_settle_is_not_taken_up_again(bob, ada, otto, algebra, answer):
    orphan = make_answer(bob, make_post(ada, algebra, title="Why is there nothing?"))
    for text in (orphan, orphan.post):
        type(text).objects.filter(pk=text.pk).update(author=former_member())
    delete_post(answer.post, by=otto, reason="misplaced")
    age(answer.post, answer, orphan.post, orphan)
    with CaptureQueriesContext(connection) as queries:
        settle_what_stood()
    assert (len(queries), Entry.objects.count()) == (2, 0)


def test_imported_texts_settle_for_nobody(ada, answer):
    Answer.objects.update(origin_url="https://elsewhere.example/a/1")
    Post.objects.update(origin_url="https://elsewhere.example/q/1")
    accept_answer(answer, by=ada)
    settle(answer.post, answer)
    assert Entry.objects.count() == 0


def test_first_deed_of_a_day_counts_once_and_passes_to_the_next(ada, bob, question):
    answers = [make_answer(bob, question), make_answer(bob, question, OTHER)]
    settle(*answers)
    assert standing(bob) == [("A1", 4), ("A1", 4), ("T1", 2)]
    delete_answer(answers[0], by=bob)
    assert standing(bob) == [("A1", 4), ("T1", 2)]
    delete_answer(answers[1], by=bob)
    assert (standing(bob), xp(bob)) == ([], 0)


def test_day_begins_at_three_in_the_zone_of_the_member(bob, answer):
    User.objects.filter(pk=bob.pk).update(time_zone="America/New_York")
    at = answer.created_at.replace(hour=7, minute=30) - 3 * DAY  # half past two or three there
    Answer.objects.update(created_at=at)
    bob.refresh_from_db()
    settle(answer, by=timedelta(0))
    night = Entry.objects.get(rule="A1")
    assert (night.utc_date - night.local_date, night.utc_date) == (DAY, at.date())


def test_acceptance_pays_author_and_asker_until_it_is_taken_back(ada, bob, otto, answer):
    accept_answer(answer, by=ada)
    assert (xp(bob), xp(ada)) == (25, 3)
    other = make_answer(otto, answer.post, OTHER)
    accept_answer(other, by=ada)
    assert (xp(bob), xp(otto), xp(ada)) == (0, 25, 3)
    unaccept_answer(other, by=ada)
    assert (xp(bob), xp(otto), xp(ada)) == (0, 0, 0)


def test_own_answer_and_acceptance_by_a_mentor_pay_no_asker(ada, bob, otto, question):
    own = make_answer(ada, question, OTHER)
    age(own, by=3 * DAY)
    accept_answer(Answer.objects.get(pk=own.pk), by=ada)
    assert Entry.objects.count() == 0
    waiting = make_answer(bob, make_post(ada, question.community, title="Another question of hers"))
    age(waiting.post, waiting, by=8 * DAY)
    accept_answer(Answer.objects.get(pk=waiting.pk), by=otto)
    assert Entry.objects.filter(rule="A4").values_list("user__username", "amount").get() == ("bob", 25)


@pytest.mark.parametrize(("days", "worth"), [(2, 0), (3, 10), (7, 20), (30, 30)])
def test_first_answer_that_comes_late_and_helps_is_a_rescue(ada, bob, otto, question, days, worth):
    age(question, by=days * DAY)
    late = make_answer(bob, question)
    make_answer(otto, question, OTHER)
    cast_vote(late, by=otto, value=1)
    accept_answer(late, by=ada)
    assert [amount for rule, amount in standing(bob) if rule == "A5"] == [worth] * bool(worth)
    unaccept_answer(late, by=ada)
    cast_vote(late, by=otto, value=0)
    assert standing(bob) == []


def test_deleted_answer_takes_its_xp_along_and_brings_it_back(ada, bob, otto, answer):
    cast_vote(answer, by=otto, value=1)
    accept_answer(answer, by=ada)
    settle(answer)
    before = standing(bob)
    delete_answer(answer, by=bob)
    assert (standing(bob), standing(ada), xp(bob)) == ([], [], 0)
    restore_answer(answer, by=bob)
    assert standing(bob) == [line for line in before if line[0] != "A4"]
    assert Entry.objects.standing().get(rule="A2").idempotency_key.endswith(":2")


def test_deleted_question_takes_all_below_it_along(ada, bob, otto, answer):
    cast_vote(answer.post, by=bob, value=1)
    cast_vote(answer, by=otto, value=1)
    settle(answer.post, answer)
    before = [standing(ada), standing(bob)]
    delete_post(answer.post, by=otto, reason="misplaced")
    assert [standing(ada), standing(bob)] == [[], []]
    restore_post(answer.post, by=otto)
    assert [standing(ada), standing(bob)] == before


@pytest.mark.parametrize(
    ("score", "days", "by_author", "kept"), [(3, 60, 1, 1), (2, 60, 1, 0), (3, 59, 1, 0), (3, 60, 0, 0)]
)
def test_what_was_good_for_long_leaves_its_author_the_xp(ada, bob, otto, answer, score, days, by_author, kept):
    cast_vote(answer, by=ada, value=1)
    Answer.objects.update(imported_up=score - 1, up=score)
    age(answer, by=days * KEPT_AFTER / KEPT_AFTER.days)
    delete_answer(answer, by=bob if by_author else otto, reason="" if by_author else "misplaced")
    assert standing(bob) == [("A2", 10)] * kept


def test_question_that_becomes_a_discussion_is_worth_nothing(ada, bob, otto, answer):
    accept_answer(answer, by=ada)
    cast_vote(answer, by=otto, value=1)
    convert_post(answer.post, by=otto, kind="discussion")
    assert (standing(ada), standing(bob)) == ([], [])
    convert_post(answer.post, by=otto, kind="question")
    assert standing(bob) == [("A2", 10)]


def test_who_takes_their_name_off_a_question_gives_up_its_xp_and_not_those_of_others(ada, bob, otto, answer):
    cast_vote(answer.post, by=bob, value=1)
    cast_vote(answer, by=ada, value=1)
    accept_answer(answer, by=ada)
    before = lines(bob)
    disassociate_post(answer.post, by=ada)
    assert (standing(ada), lines(bob)) == ([], before)


def test_own_answer_pays_nothing_after_taking_ones_name_off_the_question(ada, bob, otto, answer):
    own = make_answer(ada, answer.post, "An answer of her own, which she finds the best of all.")
    age(own, by=3 * DAY)
    cast_vote(answer, by=otto, value=1)
    accept_answer(own, by=ada)
    disassociate_post(answer.post, by=ada)
    assert standing(ada) == [("A1", 4), ("T1", 2)]


def test_approved_edits_count_twice_on_one_post(ada, bob, answer):
    for number in range(3):
        approve_suggestion(make_suggestion(bob, Post.objects.get(), note=f"words {number}"), by=ada)
    assert standing(bob) == [("E1", 3), ("E1", 3), ("T1", 2)]


def test_edit_that_a_moderator_goes_back_behind_counts_no_more(ada, bob, otto, question):
    approve_suggestion(make_suggestion(bob, question), by=ada)
    return_to(Revision.objects.of(question).get(number=1), by=ada)
    assert standing(bob) == [("E1", 3), ("T1", 2)]
    return_to(Revision.objects.of(question).get(number=2), by=ada)
    return_to(Revision.objects.of(question).get(number=1), by=otto)
    assert (standing(bob), xp(bob)) == ([], 0)


def test_who_comes_back_to_a_community_finds_their_xp(ada, bob, answer, algebra, django_capture_on_commit_callbacks):
    cast_vote(answer, by=ada, value=1)
    leave_community(algebra, by=bob)
    with django_capture_on_commit_callbacks() as callbacks:
        join_community(algebra, by=bob)
    (sent,) = callbacks
    assert sent.args == (refresh_scores, bob.pk)
    assert (Membership.objects.get(user=bob).xp, Rescore.objects.filter(user=bob).count()) == (10, 1)


def test_edits_of_one_post_count_for_each_who_made_them(ada, bob, mina, question):
    for person in (bob, mina):
        approve_suggestion(make_suggestion(person, Post.objects.get()), by=ada)
    assert [standing(person) for person in (bob, mina)] == [[("E1", 3), ("T1", 2)]] * 2
