"""XP from votes: one entry for each that stands, and none for coming and going."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from communities.actions.answering import accept_answer
from communities.actions.voting import cast_vote
from communities.models import Community, Membership, Post, Vote, VoteChange
from gamification.models import Entry, Status
from gamification.rules import VOTES_COUNT_FROM_LEVEL, xp_of
from gamification.tasks import release_votes
from tests.factories import make_answer, make_community, make_post, make_user
from tests.gamification.book import DAY, age, levels, lines, standing, xp

LONG_AGO = timezone.now() - timedelta(days=400)
KNOWN = {"level": VOTES_COUNT_FROM_LEVEL, "xp": xp_of(VOTES_COUNT_FROM_LEVEL)}


@pytest.fixture
def grown(otto: User, ada: User, bob: User) -> Community:
    """Too old and too large to be new."""
    community = make_community(otto, ada, bob, name="Geometry")
    Community.objects.filter(pk=community.pk).update(created_at=LONG_AGO, member_count=50)
    User.objects.update(date_joined=LONG_AGO)
    return community


def test_vote_up_brings_its_author_xp_in_all_sums(ada, bob, answer):
    vote = cast_vote(answer, by=ada, value=1)
    entry = Entry.objects.get()
    assert (entry.user, entry.actor, entry.community, entry.amount) == (bob, ada, answer.post.community, 10)
    assert entry.idempotency_key == f"A2:answer-{answer.pk}:{ada.pk}:{bob.pk}:1"
    assert (entry.occurred_at, entry.utc_date) == (vote.changed_at, vote.changed_at.date())
    assert (xp(bob), Membership.objects.get(user=bob).xp, xp(ada)) == (10, 10, 0)


def test_question_and_down_votes_are_worth_what_the_rules_say(ada, bob, otto, answer):
    cast_vote(answer.post, by=bob, value=1)
    cast_vote(answer, by=otto, value=-1, reason="unclear")
    assert (lines(ada), lines(bob)) == ([("Q2", 5)], [("A3", -2)])
    bob.refresh_from_db()
    assert (bob.xp, bob.shown_xp) == (-2, 0)


def test_undone_vote_takes_its_xp_back_on_the_day_of_the_vote(ada, bob, answer):
    cast_vote(answer, by=ada, value=1)
    cast_vote(answer, by=ada, value=0)
    first, second = Entry.objects.order_by("pk")
    assert (second.reversal_of, second.amount) == (first, -10)
    assert (second.occurred_at, second.local_date) == (first.occurred_at, first.local_date)
    assert xp(bob) == 0


def test_vote_turned_round_ends_one_entry_and_begins_another(ada, bob, answer):
    cast_vote(answer, by=ada, value=1)
    cast_vote(answer, by=ada, value=-1, reason="unclear")
    assert sorted(lines(bob)) == [("A2", -10), ("A2", 10), ("A3", -2)]
    assert xp(bob) == -2


def test_fifty_toggled_votes_are_one(ada, bob, answer):
    for _ in range(50):
        cast_vote(answer, by=ada, value=1)
        cast_vote(answer, by=ada, value=0)
        VoteChange.objects.all().delete()  # else the day would have no votes left
    cast_vote(answer, by=ada, value=1)
    cast_vote(answer, by=ada, value=1)
    assert (standing(bob), Entry.objects.count(), xp(bob)) == ([("A2", 10)], 101, 10)


def test_votes_on_what_is_no_question_bring_nothing(ada, bob, algebra):
    talk = make_post(bob, algebra, kind="discussion")
    cast_vote(talk, by=ada, value=1)
    cast_vote(make_answer(bob, talk), by=ada, value=1)
    assert Entry.objects.count() == 0


def test_only_five_down_votes_on_one_text_count_whichever_stay(bob, algebra, answer):
    people = [make_user(f"critic{n}") for n in range(7)]
    Membership.objects.bulk_create(Membership(community=algebra, user=p, trust_level=2) for p in people)
    for person in people:
        cast_vote(answer, by=person, value=-1, reason="unclear")
    assert xp(bob) == -10
    cast_vote(answer, by=people[0], value=0)
    assert set(Entry.objects.standing().values_list("actor", flat=True)) == {p.pk for p in people[1:6]}
    for person in people[1:3]:
        cast_vote(answer, by=person, value=0)
    assert xp(bob) == -8


def test_vote_of_somebody_new_waits_until_they_reach_level_two(ada, bob, otto, grown):
    answer = make_answer(bob, make_post(ada, grown))
    cast_vote(answer, by=otto, value=1)
    assert (Entry.objects.get().status, xp(bob), answer.score) == (Status.HELD, 0, 0)
    Membership.objects.filter(user=otto).update(**KNOWN)
    release_votes()
    assert (Entry.objects.get().status, xp(bob)) == (Status.POSTED, 10)


def test_vote_of_an_account_of_today_waits_for_tomorrow(ada, bob, otto, grown):
    Membership.objects.filter(user=otto).update(**KNOWN)
    User.objects.filter(pk=otto.pk).update(date_joined=timezone.now() - timedelta(hours=23))
    cast_vote(make_answer(bob, make_post(ada, grown)), by=otto, value=1)
    release_votes()
    assert xp(bob) == 0
    User.objects.filter(pk=otto.pk).update(date_joined=timezone.now() - timedelta(hours=24))
    release_votes()
    assert xp(bob) == 10


def test_released_vote_stays_so_and_a_held_one_can_be_undone(ada, bob, otto, grown):
    answers = [make_answer(bob, make_post(ada, grown, title=f"Question number {n} of her")) for n in range(2)]
    for answer in answers:
        cast_vote(answer, by=otto, value=1)
    cast_vote(answers[0], by=otto, value=0)
    Membership.objects.filter(user=otto).update(**KNOWN)
    release_votes()
    assert (standing(bob), xp(bob)) == ([("A2", 10)], 10)


def test_rescue_counts_by_the_first_thanks_that_count(ada, bob, otto, grown):
    late = make_answer(bob, make_post(ada, grown))
    age(late.post, by=8 * DAY)
    cast_vote(late, by=otto, value=1)
    assert (standing(bob), xp(bob)) == ([("A2", 10), ("A5", 20)], 0)
    accept_answer(late, by=ada)
    assert (standing(bob), xp(bob)) == ([("A2", 10), ("A4", 25), ("A5", 20)], 30)


def test_reaching_level_two_releases_ones_votes_soon(ada, bob, otto, grown, django_capture_on_commit_callbacks):
    cast_vote(make_answer(bob, make_post(ada, grown)), by=otto, value=1)
    question = make_post(otto, grown, title="A question by who owns this")
    Community.objects.update(member_count=3)
    for number in range(10):
        person = make_user(f"reader{number}")
        Membership.objects.create(community=grown, user=person, trust_level=1)
        with django_capture_on_commit_callbacks() as callbacks:
            cast_vote(question, by=person, value=1)
    assert (xp(otto), levels(otto), xp(bob)) == (50, (2, [2]), 0)
    (sent,) = (callback for callback in callbacks if callback.args[0] is release_votes)
    release_votes(sent.args[1])
    assert xp(bob) == 10


def test_vote_rows_alone_decide(ada, bob, otto, question: Post):
    """Rows that came in bulk are settled like any other."""
    Vote.objects.create(voter=bob, post=question, value=1)
    cast_vote(question, by=otto, value=1)
    assert xp(ada) == 5
