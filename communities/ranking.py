"""The order of answers: pure functions over rows that carry votes, who vouches for them, and age."""

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
    endorsed_at: datetime | None
    stale_at: datetime | None


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


def is_supported(up: int, down: int) -> bool:
    """Enough votes, and enough of them up."""
    return up >= rules.SUPPORTED_UP and quality(up, down) >= rules.SUPPORTED_QUALITY


def is_endorsed(answer: Ranked) -> bool:
    return answer.endorsed_at is not None and answer.stale_at is None


def pin_holds(accepted: Ranked, answers: Iterable[Ranked]) -> bool:
    """An accepted answer has a pin unless its own asker wrote it, another one leads by five net votes, or another
    one is endorsed and it is not."""
    if accepted.accepted_by_id == accepted.author_id:
        return False
    others = [other for other in answers if other.id != accepted.id]
    if not is_endorsed(accepted) and any(is_endorsed(other) for other in others):
        return False
    lead = net(accepted) + rules.PIN_LOST_AT_LEAD
    return all(net(other) < lead for other in others)


def rank(answer: Ranked, answers: Iterable[Ranked]) -> int:
    """3 endorsed, 2 pinned, 1 any other, 0 stale."""
    if answer.stale_at is not None:
        return 0
    if is_endorsed(answer):
        return 3
    return 2 if answer.accepted_at is not None and pin_holds(answer, answers) else 1


def in_order[R: Ranked](answers: Sequence[R], sort: Sort = Sort.BEST) -> list[R]:
    """The answers in the order of `sort`; ties go to the older one."""
    keys: dict[Sort, Callable[[R], Any]] = {
        Sort.BEST: lambda a: (-rank(a, answers), -quality(a.up, a.down), -net(a), a.created_at, a.id),
        Sort.NEWEST: lambda a: (-a.created_at.timestamp(), -a.id),
        Sort.OLDEST: lambda a: (a.created_at, a.id),
        Sort.SCORE: lambda a: (-net(a), a.created_at, a.id),
        Sort.EDITED: lambda a: (-(a.edited_at or a.created_at).timestamp(), -a.id),
    }
    return sorted(answers, key=keys[sort])
