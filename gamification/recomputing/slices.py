"""Goes through everybody, some thousands at a time on two connections, and compares or mends what differs.

However large the ledger, a slice of people holds as much. A trial locks nobody and looks at one moment; whoever mends
locks the people of the slice, in the order of their ids, as everybody does who writes sums.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from communities.models import Community
from gamification.boards.scores import windows
from gamification.ledger import lock_people
from gamification.models import Board, Rescore
from gamification.recomputing.comparing import OF_BOARDS, OF_LEDGER, Difference, Kind, differences, mend
from gamification.recomputing.shadow import fill_shadow, fill_shadow_scores
from gamification.rules import RECOMPUTED_AT_ONCE

CONNECTIONS = 2
PEOPLE = """
    SELECT person.id FROM accounts_user person
     WHERE person.id > %(after)s AND person.id <= %(until)s
       AND (%(part)s::integer IS NULL OR person.id %% %(parts)s = %(part)s)
       AND (%(community)s::bigint IS NULL
            OR EXISTS (SELECT FROM communities_membership member
                        WHERE member.user_id = person.id AND member.community_id = %(community)s)
            OR EXISTS (SELECT FROM gamification_dailyxp day
                        WHERE day.user_id = person.id AND day.community_id = %(community)s))
     ORDER BY person.id
"""


@dataclass(frozen=True)
class Whom:
    """Everybody; or of one community its members and who earned something there; or every so many-th member."""

    community: Community | None = None
    part: int | None = None
    parts: int = 1

    @property
    def values(self) -> dict[str, Any]:
        return {"community": self.community and self.community.pk, "part": self.part, "parts": self.parts}


@dataclass(frozen=True)
class Slice:
    """What was found among some people: `mended` rows in all, and the first differences of each kind."""

    people: int
    found: list[Difference]
    mended: int


def slices(whom: Whom) -> list[int]:
    """After which ids they begin."""
    last = User.objects.aggregate(last=Max("pk"))["last"] or 0
    return list(range(0, last, RECOMPUTED_AT_ONCE * whom.parts))


def recompute(whom: Whom, *, is_trial: bool) -> Iterator[Slice]:
    """Slice by slice, in the order of ids. Inside a transaction on its connection alone: others do not see its rows."""
    begins = slices(whom)
    comparing = _Comparing(whom, is_trial=is_trial)
    if len(begins) <= 1 or connection.in_atomic_block:
        yield from map(comparing.compare, begins)
        return
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        yield from pool.map(comparing.compare_on_a_connection_of_its_own, begins)


@dataclass
class _Comparing:
    """`differed`: the last slice did. Nearly always nothing differs, so a slice is looked at first without a lock; but
    where all is to be written, looking twice takes twice as long.
    """

    whom: Whom
    is_trial: bool
    differed: bool = False

    def compare(self, after: int) -> Slice:
        is_mending = self.differed and not self.is_trial
        looked = self._look(after, is_mending=is_mending)
        self.differed = bool(looked.found)
        if self.differed and not is_mending and not self.is_trial:
            return self._look(after, is_mending=True)
        return looked

    def compare_on_a_connection_of_its_own(self, after: int) -> Slice:
        try:
            return self.compare(after)
        finally:
            connection.close()

    def _look(self, after: int, *, is_mending: bool) -> Slice:
        return _look(self.whom, after, is_trial=self.is_trial, is_mending=is_mending)


def _look(whom: Whom, after: int, *, is_trial: bool, is_mending: bool) -> Slice:
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_trial and is_outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL work_mem = '64MB'; SET LOCAL jit = off; SET LOCAL default_statistics_target = 10")
        until = after + RECOMPUTED_AT_ONCE * whom.parts
        cursor.execute(PEOPLE, {"after": after, "until": until, **whom.values})
        people = [pk for (pk,) in cursor.fetchall()]
        values = {"people": people, "is_trial": is_trial} | windows(timezone.now())
        if is_mending:
            lock_people(people)
            _wait_for_refreshing(people)
        fill_shadow(cursor, values)
        found, mended = _differences(cursor, OF_LEDGER, values, is_mending=is_mending)
        fill_shadow_scores(cursor, values, is_trial=is_trial)
        on_boards, rescored = _differences(cursor, OF_BOARDS, values, is_mending=is_mending)
    if rescored:
        Board.objects.filter(changed_at=None).update(changed_at=timezone.now())
    return Slice(len(people), found + on_boards, mended + rescored)


def _wait_for_refreshing(people: list[int]) -> None:
    """Until the transaction ends no worker refreshes scores of these; what it is to do besides is still to be done."""
    list(Rescore.objects.filter(user__in=people).order_by("pk").select_for_update())


def _differences(
    cursor: Any, kinds: tuple[Kind, ...], values: dict[str, Any], *, is_mending: bool
) -> tuple[list[Difference], int]:
    found, mended = [], 0
    for kind in kinds:
        if differing := differences(cursor, kind, values):
            found += differing
            mended += mend(cursor, kind, values) if is_mending else 0
    return found, mended
