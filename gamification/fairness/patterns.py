"""What looks arranged among the habits of people: serial votes, pairs, rings, quick acceptances.

A finding holds and is shown to a person; it proves nothing by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gamification import rules
from gamification.fairness.habits import Habit, accepting_habits, voting_habits
from gamification.models import CaseKind

Habits = dict[tuple[int, int], Habit]


@dataclass(frozen=True)
class Finding:
    kind: CaseKind
    habits: list[Habit]

    @property
    def people(self) -> list[int]:
        return sorted({person for habit in self.habits for person in (habit.giver, habit.receiver)})

    @property
    def key(self) -> str:
        """Who does it to whom; in a circle, who is in it."""
        if len(self.habits) == 1:
            return f"{self.habits[0].giver}>{self.habits[0].receiver}"
        return " ".join(map(str, self.people))


def found_by_night() -> Iterator[Finding]:
    """Pairs; and of who votes again and again for one person, those who are in no pair."""
    habits = _by_pair(voting_habits())
    for (giver, receiver), habit in habits.items():
        back = habits.get((receiver, giver))
        if back is not None and habit.is_half_a_pair and back.is_half_a_pair:
            if giver < receiver:
                yield Finding(CaseKind.PAIR, [habit, back])
        elif habit.is_serial:
            yield Finding(CaseKind.SERIAL, [habit])


def found_by_week() -> Iterator[Finding]:
    yield from rings(_by_pair(voting_habits()))
    for habit in accepting_habits():
        if habit.votes >= rules.QUICK_TIMES and habit.is_favour:
            yield Finding(CaseKind.QUICK, [habit])


def rings(habits: Habits) -> Iterator[Finding]:
    """People of whom most pairs favour each other, and who give each other a large part of all their votes."""
    friends: dict[int, set[int]] = {}
    for (giver, receiver), habit in habits.items():
        back = habits.get((receiver, giver))
        if habit.is_favour and back is not None and back.is_favour:
            friends.setdefault(giver, set()).add(receiver)
    while friends:
        together = _reached(friends, min(friends))
        ring = _closed(together, friends, habits)
        if ring:
            inside = [habits[pair] for pair in sorted(habits) if ring.issuperset(pair)]
            yield Finding(CaseKind.RING, inside)
        for person in ring or together:
            friends.pop(person)
        for person in friends:
            friends[person] -= ring


def _closed(people: set[int], friends: dict[int, set[int]], habits: Habits) -> set[int]:
    """Leaves out, one after another, whom least holds to the others; nobody when too few remain."""
    ring = set(people)
    while len(ring) >= rules.RING_FROM:
        loosest = min(sorted(ring), key=lambda person: (_inside(person, ring, habits), len(friends[person] & ring)))
        pairs = sum(len(friends[person] & ring) for person in ring) / 2
        if _inside(loosest, ring, habits) >= rules.RING_INSIDE:
            if pairs >= rules.RING_DENSITY * len(ring) * (len(ring) - 1) / 2:
                return ring
            loosest = min(sorted(ring), key=lambda person: len(friends[person] & ring))
        ring.remove(loosest)
    return set()


def _inside(person: int, ring: set[int], habits: Habits) -> float:
    """The share of their votes that stays in the ring."""
    kept = [habits[person, other] for other in ring if (person, other) in habits]
    return sum(habit.share for habit in kept)


def _reached(friends: dict[int, set[int]], first: int) -> set[int]:
    reached, waiting = {first}, [first]
    while waiting:
        fresh = friends[waiting.pop()] - reached
        reached |= fresh
        waiting += fresh
    return reached


def _by_pair(habits: Iterable[Habit]) -> Habits:
    return {(habit.giver, habit.receiver): habit for habit in habits}
