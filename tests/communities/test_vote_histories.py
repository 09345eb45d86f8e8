"""Any history of votes: the columns, the rows, the log and a plain model of it all say the same."""

from collections import defaultdict
from contextlib import nullcontext

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import User
from communities import rules
from communities.actions.voting import cast_vote
from communities.counts import recount_votes, with_drifted_votes
from communities.models import Answer, Post, Trust, Vote
from net.limits import TooOften
from tests.factories import make_answer, make_community, make_post, make_user

VOTERS = st.integers(0, 3)


class VoteHistory(RuleBasedStateMachine):
    """Four voters, a post and an answer of one author with imported votes. Each history is undone at its end."""

    voters: list[User]
    answer_id: int

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.answer = Answer.objects.select_related("post").get(pk=self.answer_id)
        self.post = self.answer.post
        self.expected: dict[tuple[str, int], list[int]] = defaultdict(list)
        self.imported = {"post": (0, 0), "answer": (0, 0)}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(up=st.integers(0, 50), down=st.integers(0, 50))
    def import_votes(self, up: int, down: int) -> None:
        for name, content in (("post", self.post), ("answer", self.answer)):
            counts = {"imported_up": up, "imported_down": down, "up": up, "down": down}
            type(content).objects.filter(pk=content.pk).update(**counts)
            self.imported[name] = (up, down)

    @rule(voter=VOTERS, value=st.sampled_from([1, 0, -1]))
    def vote_on_answer(self, voter: int, value: int) -> None:
        self._vote("answer", voter, value)

    @rule(voter=VOTERS, value=st.sampled_from([1, 0]))
    def vote_on_post(self, voter: int, value: int) -> None:
        self._vote("post", voter, value)

    @rule(name=st.sampled_from(["post", "answer"]))
    def recount(self, name: str) -> None:
        content = getattr(self, name)
        content.refresh_from_db()
        recount_votes(content)

    def _vote(self, name: str, voter: int, value: int) -> None:
        log = self.expected[name, voter]
        is_new = value != (log[-1] if log else 0)
        cast = sum(self.expected[target, voter].count(value) for target in ("post", "answer"))
        refused = is_new and value and cast >= rules.VOTES_ON_ONE_AUTHOR_A_DAY[value]
        with pytest.raises(TooOften) if refused else nullcontext():
            cast_vote(getattr(self, name), by=self.voters[voter], value=value, reason="unclear")
        if is_new and not refused:
            log.append(value)

    @invariant()
    def columns_say_what_the_model_says(self) -> None:
        for name, model in (("post", Post), ("answer", Answer)):
            last = [log[-1] for (target, _), log in self.expected.items() if target == name and log]
            up, down = self.imported[name]
            content = model.objects.get(pk=getattr(self, name).pk)
            assert (content.up, content.down) == (up + last.count(1), down + last.count(-1))
            assert content.score == content.up - content.down == content.net
            assert list(with_drifted_votes(model)) == []

    @invariant()
    def the_log_replays_to_the_rows(self) -> None:
        rows = {}
        for vote in Vote.objects.prefetch_related("changes"):
            log = [change.value for change in sorted(vote.changes.all(), key=lambda change: change.pk)]
            assert vote.value == log[-1]
            assert vote.generation == max(1, sum(value != 0 for value in log))
            rows["answer" if vote.answer_id else "post", self.voters.index(vote.voter)] = log
        assert rows == {key: log for key, log in self.expected.items() if log}


@pytest.mark.django_db
def test_any_history_of_votes_adds_up():
    author, owner, *VoteHistory.voters = (make_user(f"person{n}") for n in range(6))
    community = make_community(owner, author, *VoteHistory.voters, trust=Trust.TRUSTED)
    VoteHistory.answer_id = make_answer(author, make_post(author, community)).pk
    run_state_machine_as_test(
        VoteHistory,
        settings=settings(max_examples=15, stateful_step_count=12, deadline=None, database=None),
    )
