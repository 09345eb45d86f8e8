"""Whatever people do, in whatever order: the ledger says what the rows of the communities say."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.models import User
from communities.actions.answering import accept_answer, delete_answer, restore_answer, unaccept_answer
from communities.actions.posting import delete_post, restore_post
from communities.actions.voting import cast_vote
from communities.models import Answer, Membership, Post, Trust, VoteChange
from gamification.fairness.cases import decide_case, open_case
from gamification.fairness.habits import Habit
from gamification.fairness.patterns import Finding
from gamification.ledger import EVERYTHING, STANDING, Scope, settle
from gamification.models import Case, CaseKind, DailyXP, Decision, Entry
from tests.factories import make_answer, make_community, make_post, make_user
from tests.gamification.book import differences
from tests.gamification.model import Due, dues, key_of, settled, totals

PEOPLE = st.integers(0, 3)
ANSWERS = st.integers(0, 3)
QUESTIONS = st.integers(0, 1)


class AnyOrder(RuleBasedStateMachine):
    """Four people ask two questions, a fresh one and one that had waited, and answer both. Undone at its end."""

    people: list[User]
    owner: User
    posts: list[int]
    answers: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.stood: set[tuple[str, int]] = set()
        self.cases: dict[tuple[int, int], Case] = {}
        self.seen: set[tuple] = set()
        self.void: set[tuple] = set()

    def teardown(self) -> None:
        found = differences()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)
        assert found == []

    @rule(who=PEOPLE, answer=ANSWERS, value=st.sampled_from([1, 1, 0, -1]))
    def vote_on_answer(self, who: int, answer: int, value: int) -> None:
        self._vote(Answer.objects.select_related("post__community").get(pk=self.answers[answer]), who, value)

    @rule(who=PEOPLE, post=QUESTIONS, value=st.sampled_from([1, 0]))
    def vote_on_question(self, who: int, post: int, value: int) -> None:
        self._vote(Post.objects.get(pk=self.posts[post]), who, value)

    def _vote(self, content: Post | Answer, who: int, value: int) -> None:
        if self.people[who].pk != content.author_id and not content.is_deleted and not content.post.is_deleted:
            VoteChange.objects.all().delete()  # else the votes of a day are soon used up
            cast_vote(content, by=self.people[who], value=value, reason="unclear")

    @rule(answer=ANSWERS, is_taken_back=st.booleans())
    def accept(self, answer: int, is_taken_back: bool) -> None:
        found = Answer.objects.get(pk=self.answers[answer])
        if found.is_deleted or found.post.is_deleted or found.author_id == found.post.author_id:
            return
        (unaccept_answer if is_taken_back else accept_answer)(found, by=found.post.author)

    @rule(answer=ANSWERS)
    def delete_or_restore_answer(self, answer: int) -> None:
        found = Answer.objects.get(pk=self.answers[answer])
        (restore_answer if found.is_deleted else delete_answer)(found, by=self.owner)

    @rule(post=QUESTIONS)
    def delete_or_restore_question(self, post: int) -> None:
        found = Post.objects.get(pk=self.posts[post])
        (restore_post if found.is_deleted else delete_post)(found, by=self.owner)

    @rule(giver=PEOPLE, receiver=PEOPLE)
    def doubt(self, giver: int, receiver: int) -> None:
        """What the one brings the other waits from now on."""
        pair = (self.people[giver].pk, self.people[receiver].pk)
        if giver != receiver and pair not in self.cases:
            now = timezone.now()
            habit = Habit(*pair, 1, 1, 0, now, now, [], 1, 1, 0, 0, 0)
            self.seen |= self._between(pair)
            self.cases[pair] = open_case(Finding(CaseKind.SERIAL, [habit]))

    @rule(decision=st.sampled_from(Decision))
    def decide(self, decision: Decision) -> None:
        if self.cases:
            pair = next(iter(self.cases))
            both = self._between(pair)
            case = self.cases.pop(pair)
            seen = {key for key in self.seen if key[-2:] == pair}
            self.void |= (seen | both) if decision == Decision.VOID else set()
            self.seen -= seen
            decide_case(case, by=self.owner, decision=decision, why="They sit at one table.")

    def _between(self, pair: tuple[int, int]) -> set[tuple]:
        """What is due to the one by the other, and may still become void."""
        return {key_of(due) for due in dues(self.stood, self._waits) if (due.actor, due.user) == pair} - self.void

    def _waits(self, due: Due) -> bool:
        return (due.actor, due.user) in self.cases or key_of(due) in self.void

    @rule(hours=st.sampled_from([1, 9, 30]))
    def let_time_pass(self, hours: int) -> None:
        """For texts that have not settled."""
        for noun, model in (("post", Post), ("answer", Answer)):
            fresh = model.objects.exclude(pk__in=[pk for stood, pk in self.stood if stood == noun])
            fresh.update(created_at=F("created_at") - timedelta(hours=hours))
        settle(EVERYTHING, Scope(posts=self.posts, answers=self.answers, questions=self.posts))

    @invariant()
    def sums_are_what_the_rows_say(self) -> None:
        settle(STANDING, Scope(posts=self.posts, answers=self.answers))  # as time does, and nothing else
        self.stood = settled(self.stood)
        assert dict(User.objects.exclude(xp=0).values_list("pk", "xp")) == totals(self.stood, self._waits)
        assert dict(Membership.objects.exclude(xp=0).values_list("user", "xp")) == in_community()


def in_community() -> dict[int, int]:
    """All but what belongs to no community."""
    sums: dict[int, int] = {}
    for user, worth in DailyXP.objects.exclude(community=None).values_list("user", "effective"):
        sums[user] = sums.get(user, 0) + worth
    return {user: xp for user, xp in sums.items() if xp}


@pytest.mark.django_db
def test_any_order_of_deeds_adds_up():
    AnyOrder.owner, *AnyOrder.people = (make_user(f"person{n}", is_staff=n == 0, is_superuser=n == 0) for n in range(5))
    community = make_community(AnyOrder.owner, *AnyOrder.people, trust=Trust.TRUSTED)
    first, second, third, _ = AnyOrder.people
    fresh, waiting = make_post(first, community), make_post(second, community, title="Something that waited for long")
    Post.objects.filter(pk=waiting.pk).update(created_at=F("created_at") - timedelta(days=8))
    answers = [make_answer(person, post) for post in (fresh, waiting) for person in (third, second)]
    AnyOrder.posts, AnyOrder.answers = [fresh.pk, waiting.pk], [answer.pk for answer in answers]
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=10, stateful_step_count=25, deadline=None, database=None, phases=[Phase.generate]
        ),
    )
    assert Entry.objects.count() == 0
