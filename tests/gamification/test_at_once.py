"""Many at once: sums are those of the entries, whatever the order, and nobody is stuck."""

from functools import partial

import pytest
from django.db.models import Sum

from accounts.actions import edit_profile
from accounts.models import User
from communities.actions.answering import accept_answer, delete_answer, restore_answer, unaccept_answer
from communities.actions.posting import delete_post, publish_post, restore_post
from communities.actions.voting import cast_vote
from communities.models import Answer, Trust
from gamification.models import DailyXP, Entry
from tests.communities.at_once import at_once, errors
from tests.factories import make_answer, make_community, make_post, make_user
from tests.gamification.book import differences
from tests.gamification.model import totals

pytestmark = pytest.mark.django_db(transaction=True)
AMOUNT = 10


@pytest.fixture
def circle(otto) -> tuple[list[User], list[Answer]]:
    """Ten people; each asks, and the next one answers."""
    people = [make_user(f"person{n}") for n in range(AMOUNT)]
    community = make_community(otto, *people, trust=Trust.TRUSTED)
    posts = [make_post(person, community, title=f"Question number {n} of all") for n, person in enumerate(people)]
    return people, [make_answer(people[(n + 1) % AMOUNT], post) for n, post in enumerate(posts)]


def assert_sums_are_right() -> None:
    """Those of the entries, those of the days, and those that the rows of the communities say."""
    assert dict(User.objects.exclude(xp=0).values_list("pk", "xp")) == totals(set())
    days = DailyXP.objects.values("user").annotate(xp=Sum("effective")).exclude(xp=0)
    assert dict(days.values_list("user", "xp")) == totals(set())
    assert differences() == []


def test_fifty_votes_and_acceptances_in_opposite_orders_are_summed_exactly(circle):
    people, answers = circle
    votes = [
        partial(cast_vote, answer, by=people[(n + step) % AMOUNT], value=1)
        for n, answer in enumerate(answers)
        for step in (0, 2, 3)
    ]
    accepts = [partial(accept_answer, answer, by=answer.post.author) for answer in answers]
    undone = [partial(cast_vote, answer, by=people[n], value=0) for n, answer in enumerate(answers)]
    mixed = zip(votes[::3], accepts, votes[1::3], undone, votes[2::3], strict=True)
    assert errors(at_once([act for acts in mixed for act in acts])) == []
    assert_sums_are_right()
    taken_back = [partial(unaccept_answer, answer, by=answer.post.author) for answer in answers]
    assert errors(at_once([*reversed(votes), *taken_back, *accepts, *undone])) == []
    assert_sums_are_right()


def test_two_who_vote_for_each_other_never_wait_for_each_other(circle):
    people, answers = circle
    for turn in range(6):
        acts = [
            partial(cast_vote, answers[(n + side) % AMOUNT], by=people[n], value=turn % 2)
            for n in range(AMOUNT)
            for side in (0, -2)
        ]
        acts += [
            partial(edit_profile, person, name=f"{person.username} {turn}", bio="", time_zone="UTC")
            for person in people
        ]
        assert errors(at_once(acts)) == []
    assert_sums_are_right()


def test_one_question_whose_acceptance_wanders_pays_one(circle, otto):
    people, answers = circle
    post = answers[0].post
    rivals = [
        answers[0],
        *(make_answer(person, post, f"Another way, by {person}, and long.") for person in people[4:8]),
    ]
    acts = [partial(accept_answer, answer, by=people[0]) for answer in rivals * 3]
    acts += [partial(accept_answer, answer, by=answer.post.author) for answer in answers[3:8]]
    acts += [partial(cast_vote, answer, by=people[9], value=1) for answer in rivals[:4]]
    assert errors(at_once(acts)) == []
    assert_sums_are_right()
    assert Entry.objects.standing().filter(rule="A4", source_id__in=[answer.pk for answer in rivals]).count() == 2


def test_deleting_restoring_publishing_and_voting_pass_each_other(circle, otto):
    people, answers = circle
    community = answers[0].post.community
    for turn in range(3):
        acts = []
        for n, answer in enumerate(answers):
            acts.append(partial((delete_answer, restore_answer, delete_answer)[turn], answer, by=otto))
            acts.append(
                partial(
                    publish_post,
                    community,
                    by=people[n],
                    kind="question",
                    title=f"{turn} {n} is new here",
                    body=f"What is new in turn {turn} of {n}, and why is that so?",
                    tags=["signs"],
                )
            )
            acts.append(partial((delete_post, restore_post)[turn % 2], answers[n - 1].post, by=otto))
            acts.append(partial(cast_vote, answers[n - 2], by=people[n], value=1))
        said = errors(at_once(acts))
        assert set(said) <= {"PermissionDenied: Only members of this community can vote here."}
    assert_sums_are_right()


def test_twenty_of_the_same_vote_are_one_entry(circle):
    people, answers = circle
    assert errors(at_once([partial(cast_vote, answers[0], by=people[5], value=1)] * 20)) == []
    assert (Entry.objects.count(), User.objects.get(pk=people[1].pk).xp) == (1, 10)
