"""Each achievement that is on: nothing one below its threshold, given at it, and kept whatever is undone."""

import pytest
from django.utils import timezone

from accounts.models import User
from communities.actions.answering import accept_answer
from communities.actions.voting import cast_vote
from communities.models import Answer, Post
from gamification.achievements.catalogue import CATALOGUE, ON
from gamification.achievements.weighing import amounts_of, weigh
from gamification.models import Activity, Award, Entry, Tier
from tests.gamification.achievements.doing import DEEDS, HOUR, MISSES, Stage


def amount(person: User, key: str) -> int:
    return sum(found.amount for found in amounts_of(person) if found.key == key)


def given(person: User, key: str) -> list[int]:
    return list(Award.objects.of(person).filter(key=key).values_list("tier", flat=True))


def undo_everything() -> None:
    """All votes and acceptances are taken back, and the texts deleted."""
    Answer.objects.update(up=0, accepted_at=None, accepted_by=None)
    Post.objects.update(up=0, accepted_at=None, deleted_at=timezone.now())
    Activity.objects.update(stands=False)


def test_there_are_forty_and_each_that_is_on_is_tried():
    assert (len(CATALOGUE), set(DEEDS)) == (40, set(ON))
    assert set(MISSES) <= set(ON)


@pytest.mark.parametrize("key", ON)
def test_reached_at_the_threshold_and_never_taken_for_an_undone_vote(stage: Stage, key):
    least = ON[key].tiers[Tier.BRONZE]
    for done in range(1, least + 1):
        assert given(stage.bob, key) == []
        DEEDS[key](stage)
        if done >= least - 1:
            weigh([stage.bob.pk])
    assert (amount(stage.bob, key), given(stage.bob, key)) == (least, [Tier.BRONZE])
    undo_everything()
    weigh([stage.bob.pk])
    assert given(stage.bob, key) == [Tier.BRONZE]
    if key != "editor":  # what was approved stays so
        assert amount(stage.bob, key) == 0


@pytest.mark.parametrize(
    ("key", "number"), [(key, number) for key, deeds in MISSES.items() for number in range(len(deeds))]
)
def test_deed_that_misses_by_little_does_not_count(stage: Stage, key, number):
    MISSES[key][number](stage)
    assert amount(stage.bob, key) == 0


def test_closing_four_of_five_is_enough_and_less_is_not(stage: Stage):
    for _ in range(4):
        DEEDS["closes-the-loop"](stage)
    MISSES["closes-the-loop"][0](stage)
    stage.answer(stage.ada, stage.ask(stage.bob, ago=2 * HOUR))  # it may still be closed in time
    assert amount(stage.bob, "closes-the-loop") == 4
    MISSES["closes-the-loop"][0](stage)
    assert amount(stage.bob, "closes-the-loop") == 0


def test_expert_stays_below_a_tier_until_the_score_is_there(stage: Stage):
    for _ in range(11):
        DEEDS["topic-expert"](stage)
    assert amount(stage.bob, "topic-expert") == 11
    Answer.objects.update(up=4)
    assert amount(stage.bob, "topic-expert") == 9


def test_votes_and_acceptances_that_wait_or_are_void_count_for_no_achievement(stage: Stage, question, answer):
    """Bob answered Ada."""
    for voter in (stage.ada, stage.otto):
        cast_vote(answer, by=voter, value=1)
    cast_vote(question, by=stage.bob, value=1)
    accept_answer(answer, by=stage.ada)
    keys = ("great-answer", "accepted")
    seen = []
    for status in ("posted", "held", "void"):
        Entry.objects.exclude(actor=stage.otto).update(status=status)
        amounts = [amount(stage.bob, key) for key in keys]
        seen.append((amounts, amount(stage.ada, "good-question"), amount(stage.ada, "clear-asker")))
    assert seen == [([2, 1], 1, 1), ([1, 0], 0, 0), ([1, 0], 0, 0)]
    cast_vote(answer, by=stage.ada, value=0)  # what is gone is not taken off once more
    assert amount(stage.bob, "great-answer") == 1
