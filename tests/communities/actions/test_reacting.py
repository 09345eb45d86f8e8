"""Outcomes: one of each, counted, and when enough of them make an answer stale."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from communities.actions.answering import accept_answer, edit_answer
from communities.actions.community import join_community
from communities.actions.endorsing import endorse_answer
from communities.actions.reacting import clear_reports, react, take_back
from communities.judgements import is_stale
from communities.models import Answer, Community, Membership, Reaction, Role, Trust
from communities.rules import REPORTS_COUNT_FOR
from communities.tasks import refresh_stale_answers
from notifications.models import Notification
from tests.factories import make_answer, make_user

WHY = "The sign in the third step is wrong."
OTHER = "Completely different words stand here now, every one of them replaced by its author."
NOW = timezone.now()


@pytest.fixture
def members(algebra) -> list[User]:
    """Three whom the community knows."""
    return [known(algebra, f"learner{number}") for number in range(3)]


def known(algebra: Community, name: str, **fields: object) -> User:
    person = make_user(name)
    join_community(algebra, by=person)
    Membership.objects.filter(user=person).update(**({"trust_level": Trust.KNOWN} | fields))
    return person


def facts(answer: Answer) -> tuple[str, int, int]:
    """Its state, for how many it worked, and for how many besides asker and author."""
    answer = Answer.objects.get(pk=answer.pk)
    return answer.trust.name, answer.worked_count, answer.witness_count


def told() -> list[tuple[str, str]]:
    return sorted(Notification.objects.values_list("recipient__username", "title"))


def test_it_worked_counts_once_and_the_asker_is_no_witness(ada, members, answer, heard):
    Membership.objects.filter(user=ada).update(trust_level=Trust.KNOWN)
    accept_answer(answer, by=ada)
    heard.clear()
    steps = []
    for person in (ada, ada, *members[:2]):
        react(answer, by=person, outcome="worked")
        steps.append(facts(answer))
    assert steps == [("ACCEPTED", 1, 0), ("ACCEPTED", 1, 0), ("ACCEPTED", 2, 1), ("VALIDATED", 3, 2)]
    for _ in range(2):
        take_back(answer, by=members[0], outcome="worked")
    assert facts(answer) == ("ACCEPTED", 2, 1)
    assert [name for name, _ in heard] == ["reaction_given"] * 3 + ["reaction_taken_back"]


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([], False),
        ([(1, "member", 0), (2, "member", 0)], False),
        ([(1, "member", 0), (1, "member", 0), (2, "member", 0)], False),
        ([(1, "member", 0), (2, "member", 0), (3, "member", 0)], True),
        ([(1, "member", 180), (2, "member", 0), (3, "member", 0)], False),
        ([(1, "member", 179), (2, "member", 0), (3, "member", 0)], True),
        ([(1, "mentor", 0)], True),
        ([(1, "moderator", 0)], True),
        ([(1, "owner", 0)], True),
        ([(1, "mentor", 180)], False),
    ],
)
def test_stale_is_one_mentor_or_three_members_within_half_a_year(reports, expected):
    said = [(by, role, NOW - timedelta(days=days)) for by, role, days in reports]
    assert is_stale(said, NOW) == expected


def test_third_report_makes_it_stale_and_author_and_endorsers_hear_of_it(otto, members, answer):
    endorse_answer(answer, by=otto)
    Notification.objects.all().delete()
    states = []
    for person, outcome in zip(members, ("wrong", "outdated", "wrong"), strict=True):
        react(answer, by=person, outcome=outcome, reason=WHY)
        states.append((facts(answer)[0], len(told())))
    assert states == [("VALIDATED", 0), ("VALIDATED", 0), ("STALE", 2)]
    title = "Members found an answer to “Why do signs flip in brackets?” outdated or wrong"
    assert told() == [("bob", title), ("otto", title)]
    take_back(answer, by=members[0], outcome="wrong")
    assert facts(answer)[0] == "VALIDATED"


def test_report_of_a_mentor_is_enough(otto, answer):
    react(answer, by=otto, outcome="outdated", reason=WHY)
    assert facts(answer)[0] == "STALE"


def test_rewriting_clears_reports_and_a_small_edit_asks_to_look_again(bob, otto, answer):
    react(answer, by=otto, outcome="wrong", reason=WHY)
    Notification.objects.all().delete()
    edit_answer(answer, by=bob, body=answer.body + " Indeed.")
    title = "Bob edited an answer that you had doubts about, to “Why do signs flip in brackets?”. Do they still hold?"
    assert (facts(answer)[0], told()) == ("STALE", [("otto", title)])
    edit_answer(answer, by=bob, body=OTHER)
    assert facts(answer)[0] == "UNREVIEWED"
    assert Reaction.objects.get().cleared_by == bob
    react(answer, by=otto, outcome="wrong", reason=WHY)
    assert (facts(answer)[0], Reaction.objects.get().cleared_by) == ("STALE", None)


def test_moderator_sets_reports_aside_but_not_on_their_own_answer(ada, otto, members, answer):
    own = make_answer(otto, answer.post, "The moderator's own answer, long enough to be one.")
    for person in members:
        for target in (answer, own):
            react(target, by=person, outcome="outdated", reason=WHY)
    for person, target in ((ada, answer), (otto, own)):
        with pytest.raises(PermissionDenied):
            clear_reports(target, by=person)
    for _ in range(2):
        clear_reports(answer, by=otto)
    assert (facts(answer)[0], facts(own)[0]) == ("UNREVIEWED", "STALE")
    assert set(answer.reactions.values_list("cleared_by__username", flat=True)) == {"otto"}


def test_reports_are_forgotten_after_half_a_year(otto, members, answer):
    other = make_answer(members[0], answer.post, "Another answer that stays as stale as it is.")
    for target in (answer, other):
        react(target, by=otto, outcome="outdated", reason=WHY)
    Reaction.objects.filter(answer=answer).update(created_at=timezone.now() - REPORTS_COUNT_FOR)
    refresh_stale_answers()
    assert (facts(answer)[0], facts(other)[0]) == ("UNREVIEWED", "STALE")


def test_who_may_not_say_how_it_went_is_told_why(bob, eve, algebra, answer):
    new = known(algebra, "new", trust_level=Trust.NEW)
    reading = known(algebra, "reading", role=Role.READ_ONLY)
    for person, sentence in (
        (bob, "You can't judge what you wrote yourself."),
        (eve, "Only members of this community can say how it went."),
        (reading, "Only members of this community can say how it went."),
        (new, "You are new here. Read a few posts first; then you can say how it went."),
    ):
        for act in (react, take_back):
            with pytest.raises(PermissionDenied) as refusal:
                act(answer, by=person, outcome="worked")
            assert str(refusal.value) == sentence
    assert Reaction.objects.count() == 0


@pytest.mark.parametrize(
    ("promise", "fields"),
    [
        ("react_once", {"outcome": "worked"}),
        ("reports_have_a_reason", {"outcome": "wrong"}),
        ("reports_have_a_reason", {"outcome": "worked", "reason": WHY}),
        ("cleared_says_who", {"outcome": "wrong", "reason": WHY, "cleared_at": NOW}),
    ],
)
def test_the_database_keeps_the_promises(otto, answer, promise, fields):
    react(answer, by=otto, outcome="worked")
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Reaction.objects.create(answer=answer, by=otto, role=Role.OWNER, **fields)
