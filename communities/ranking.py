"""The order of answers: pure functions over rows that carry votes, acceptance and age."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from communities import rules


class Ranked(Protocol):
    """What the order looks at."""

    id: int
    up: int
    down: int
    author_id: int
    created_at: datetime
    edited_at: datetime | None
    accepted_at: datetime | None
    accepted_by_id: int | None


class Sort(StrEnum):
    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"
    SCORE = "score"
    EDITED = "edited"


SORT_NAMES = {
    Sort.BEST: _("Best"),
    Sort.NEWEST: _("Newest"),
    Sort.OLDEST: _("Oldest"),
    Sort.SCORE: _("Score"),
    Sort.EDITED: _("Edited"),
}


def quality(up: int, down: int) -> float:
    """q = (u + 2) / (u + d + 4): the share of up votes, held towards one half while there are few."""
    return (up + rules.PRIOR_UP) / (up + down + rules.PRIOR_TOTAL)


def net(answer: Ranked) -> int:
    return answer.up - answer.down


def pin_holds(accepted: Ranked, answers: Iterable[Ranked]) -> bool:
    """An accepted answer stands first unless its own asker wrote it or another one leads by five net votes."""
    if accepted.accepted_by_id == accepted.author_id:
        return False
    lead = net(accepted) + rules.PIN_LOST_AT_LEAD
    return all(net(other) < lead for other in answers if other.id != accepted.id)


def in_order[R: Ranked](answers: Sequence[R], sort: Sort = Sort.BEST) -> list[R]:
    """The answers in the order of `sort`; ties go to the older one."""
    pinned = {a.id for a in answers if a.accepted_at is not None and pin_holds(a, answers)}
    keys: dict[Sort, Callable[[R], Any]] = {
        Sort.BEST: lambda a: (a.id not in pinned, -quality(a.up, a.down), -net(a), a.created_at, a.id),
        Sort.NEWEST: lambda a: (-a.created_at.timestamp(), -a.id),
        Sort.OLDEST: lambda a: (a.created_at, a.id),
        Sort.SCORE: lambda a: (-net(a), a.created_at, a.id),
        Sort.EDITED: lambda a: (-(a.edited_at or a.created_at).timestamp(), -a.id),
    }
    return sorted(answers, key=keys[sort])
