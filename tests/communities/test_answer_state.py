"""How far an answer can be trusted: the definitions row by row, at their boundaries, as the database works them out."""

from datetime import UTC, datetime
from itertools import product

import pytest

from communities.actions.answering import accept_answer, delete_answer, post_answer, restore_answer, unaccept_answer
from communities.actions.community import join_community
from communities.actions.voting import cast_vote
from communities.models import Answer, AnswerState, Post
from communities.ranking import is_supported
from tests.factories import make_answer, make_post, make_user

WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def state_of(answer: Answer, *, accepted=False, endorsed=False, stale=False, up=0, down=0, witnesses=0) -> AnswerState:
    """What the database says about an answer with these facts."""
    Answer.objects.filter(pk=answer.pk).update(
        accepted_at=WHEN if accepted else None,
        accepted_by=answer.post.author if accepted else None,
        endorsed_at=WHEN if endorsed else None,
        stale_at=WHEN if stale else None,
        up=up,
        down=down,
        witness_count=witnesses,
    )
    return AnswerState(Answer.objects.values_list("state", flat=True).get(pk=answer.pk))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "UNREVIEWED"),
        ({"up": 2}, "UNREVIEWED"),
        ({"up": 3}, "SUPPORTED"),
        ({"up": 3, "down": 1}, "UNREVIEWED"),
        ({"up": 69, "down": 27}, "SUPPORTED"),
        ({"up": 69, "down": 28}, "UNREVIEWED"),
        ({"witnesses": 9}, "UNREVIEWED"),
        ({"accepted": True}, "ACCEPTED"),
        ({"accepted": True, "up": 2}, "ACCEPTED"),
        ({"accepted": True, "up": 3}, "VALIDATED"),
        ({"accepted": True, "up": 3, "down": 1}, "ACCEPTED"),
        ({"accepted": True, "witnesses": 1}, "ACCEPTED"),
        ({"accepted": True, "witnesses": 2}, "VALIDATED"),
        ({"accepted": True, "witnesses": 2, "down": 5}, "VALIDATED"),
        ({"endorsed": True}, "VALIDATED"),
        ({"endorsed": True, "up": 2, "down": 2}, "VALIDATED"),
        ({"endorsed": True, "up": 2, "down": 3}, "ENDORSED"),
        ({"endorsed": True, "accepted": True, "down": 1}, "ENDORSED"),
        ({"endorsed": True, "accepted": True, "down": 1, "witnesses": 2}, "VALIDATED"),
        ({"stale": True}, "STALE"),
        ({"stale": True, "endorsed": True, "accepted": True, "up": 9, "witnesses": 9}, "STALE"),
    ],
    ids=str,
)
def test_state_is_as_defined(answer, facts, expected):
    assert state_of(answer, **facts).name == expected


def test_an_up_vote_never_lowers_the_state_and_a_down_vote_never_raises_it(answer):
    flags = ("accepted", "endorsed", "stale")
    for values, witnesses in product(product((False, True), repeat=3), (0, 2)):
        facts = dict(zip(flags, values, strict=True)) | {"witnesses": witnesses}
        for down in (0, 1, 3):
            by_ups = [state_of(answer, **facts, up=up, down=down) for up in range(8)]
            assert by_ups == sorted(by_ups)
        by_downs = [state_of(answer, **facts, up=3, down=down) for down in range(5)]
        assert by_downs == sorted(by_downs, reverse=True)


def test_python_and_database_agree_on_support(answer):
    for up, down in product(range(12), range(5)):
        assert is_supported(up, down) == (state_of(answer, up=up, down=down) == AnswerState.SUPPORTED)


def shown(post: Post) -> tuple[str | None, bool, int]:
    """What lists know of a post's answers, and how often that has changed."""
    post.refresh_from_db()
    state = None if post.answer_state is None else AnswerState(post.answer_state).name
    return state, post.is_answered, post.version


def test_post_says_how_far_its_best_answer_can_be_trusted(ada, bob, otto, algebra):
    post = make_post(ada, algebra)
    steps = [shown(post)]
    first, second = make_answer(bob, post), make_answer(otto, post, "Another way to look at it, without brackets.")
    steps.append(shown(post))
    cast_vote(first, by=otto, value=1)
    steps.append(shown(post))
    accept_answer(second, by=ada)
    steps.append(shown(post))
    unaccept_answer(second, by=ada)
    delete_answer(first, by=bob)
    steps.append(shown(post))
    restore_answer(first, by=bob)
    steps.append(shown(post))
    assert [step[:2] for step in steps] == [
        (None, False),
        ("UNREVIEWED", False),
        ("UNREVIEWED", True),
        ("ACCEPTED", True),
        ("UNREVIEWED", False),
        ("UNREVIEWED", True),
    ]
    versions = [version for *_, version in steps]
    assert versions == sorted(set(versions))


def test_vote_that_changes_nothing_in_lists_leaves_the_post_alone(ada, bob, otto, answer):
    cast_vote(answer, by=ada, value=1)
    before = shown(answer.post)
    cast_vote(answer, by=otto, value=1)
    assert shown(answer.post) == before == ("UNREVIEWED", True, before[2])


def test_third_up_vote_on_an_accepted_answer_validates_it(ada, bob, otto, algebra, question):
    answer = post_answer(question, by=bob, body="Minus times minus is plus, by the distributive law.")
    accept_answer(answer, by=ada)
    states = []
    for voter in (ada, otto, make_user("third")):
        join_community(algebra, by=voter)
        cast_vote(answer, by=voter, value=1)
        answer.refresh_from_db()
        states.append((answer.trust.name, shown(question)[0]))
    assert states == [("ACCEPTED", "ACCEPTED"), ("ACCEPTED", "ACCEPTED"), ("VALIDATED", "VALIDATED")]
