"""A clean class trips no detector, and whoever arranges votes in it does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import Answer
from gamification import rules
from gamification.fairness.patterns import found_by_night, found_by_week
from gamification.models import Case, CaseKind
from gamification.settling import settle_everything
from gamification.tasks import look_for_favours, look_for_rings
from tests.factories import make_post
from tests.gamification.classroom import Classroom


@pytest.fixture
def classroom(db) -> Classroom:
    return Classroom()


def found(classroom: Classroom) -> list[tuple[str, list[int]]]:
    classroom.settled()
    numbers = {person.pk: number for number, person in enumerate(classroom.people)}
    return [
        (finding.kind, [numbers[person] for person in finding.people])
        for finding in (*found_by_night(), *found_by_week())
    ]


def test_clean_class_at_one_address_trips_nothing(classroom, monkeypatch):
    assert found(classroom) == []
    monkeypatch.setattr(rules, "FAVOUR_TIMES_EXPECTED", 0)  # by shares alone all of them would
    assert len([*found_by_night()]) == len(classroom.people)


def test_ring_in_a_class_is_found_with_those_who_are_in_it(classroom):
    ring = [classroom.people[number] for number in (2, 9, 13, 20)]
    for giver in ring:
        for receiver in ring:
            if giver != receiver:
                classroom.vote(giver, receiver, 7)
    assert found(classroom) == [(CaseKind.RING, [2, 9, 13, 20])]


def test_two_who_vote_for_each_other_are_a_pair_and_not_two_serial_voters(classroom):
    one, other = classroom.people[4], classroom.people[15]
    for person in (one, other):
        classroom.write(person, 20)
    classroom.vote(one, other, 18)
    assert found(classroom) == [(CaseKind.SERIAL, [4, 15])]
    classroom.vote(other, one, 18)
    assert found(classroom) == [(CaseKind.PAIR, [4, 15])]


def test_most_votes_that_somebody_got_from_one_voter_are_serial(classroom):
    giver, receiver = classroom.people[0], classroom.people[11]
    classroom.write(receiver, 10)
    classroom.vote(giver, receiver, 14)
    assert found(classroom) == [(CaseKind.SERIAL, [0, 11])]


def test_bursts_on_three_days_are_serial_and_on_two_are_not(classroom):
    classroom.write(classroom.mentor, 20)
    giver = classroom.people[7]
    for day in (3, 5):
        classroom.vote(giver, classroom.mentor, 5, at=timezone.now() - timedelta(days=day))
        bursts = [finding.habits[0].bursts for finding in classroom.settled() and found_by_night()]
        assert bursts == ([] if day == 3 else [3])  # the evening of the class was one, too
    (finding,) = found_by_night()
    assert (finding.kind, finding.people) == (CaseKind.SERIAL, sorted([giver.pk, classroom.mentor.pk]))


def test_answers_accepted_within_minutes_again_and_again_are_shown(classroom):
    asker, answerer = classroom.people[3], classroom.people[17]
    for number in range(3):
        post = make_post(asker, classroom.community, title=f"Question number {number} of mine")
        Answer.objects.create(
            post=post,
            author=answerer,
            body="Yes.",
            html="",
            markup_version=1,
            created_at=timezone.now(),
            accepted_at=timezone.now() + timedelta(minutes=4 if number else 6),
            accepted_by=asker,
        )
    assert found(classroom) == []
    Answer.objects.exclude(accepted_at=None).update(created_at=timezone.now() + timedelta(minutes=2))
    assert found(classroom) == [(CaseKind.QUICK, [3, 17])]


def test_same_finding_is_one_case_however_often_it_is_looked_for(classroom):
    giver, receiver = classroom.people[0], classroom.people[11]
    classroom.write(receiver, 10)
    classroom.vote(giver, receiver, 14)
    classroom.settled()
    for _ in range(2):
        look_for_favours()
        look_for_rings()
    case = Case.objects.get()
    assert (case.kind, set(case.people.all())) == (CaseKind.SERIAL, {giver, receiver})
    assert [*settle_everything(is_trial=True)] == []
