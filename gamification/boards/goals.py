"""What a community can reach together: half of the questions that last week left open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from communities.models import Answer, Community, Post, PostKind
from communities.models.content import NOT_DELETED
from gamification import rules
from gamification.boards.times import monday_of

KEPT_SECONDS = 60


@dataclass(frozen=True)
class Goal:
    """`left_open`: questions of last week that nobody but their author had answered when it ended; `answered`: of
    these by now."""

    left_open: int
    answered: int

    @property
    def target(self) -> int:
        return min(rules.GOAL_MAX, (self.left_open + 1) // 2)

    @property
    def is_reached(self) -> bool:
        return self.answered >= self.target

    @property
    def shown(self) -> int:
        """Of the target."""
        return min(self.answered, self.target)


def goal_of(communities: Iterable[Community | int]) -> Goal | None:
    """Of these communities together; None when last week left nothing open. A minute old at most."""
    pks = [one.pk if isinstance(one, Community) else one for one in communities]
    week = monday_of(timezone.now().date())
    keys = {f"goal:{pk}:{week}": pk for pk in pks}
    counted: dict[str, tuple[int, int]] = cache.get_many(keys)
    if missing := [key for key in keys if key not in counted]:
        found = _counted([keys[key] for key in missing])
        fresh = {key: found.get(keys[key], (0, 0)) for key in missing}
        cache.set_many(fresh, KEPT_SECONDS)
        counted |= fresh
    left_open, answered = (sum(numbers) for numbers in zip((0, 0), *counted.values(), strict=True))
    return Goal(left_open, answered) if left_open else None


def _counted(communities: list[int]) -> dict[int, tuple[int, int]]:
    """Of each: how many were left open, and how many of these have an answer now."""
    ended = datetime.combine(monday_of(timezone.now().date()), time(), UTC)
    answers = Answer.objects.filter(NOT_DELETED, post=OuterRef("pk")).exclude(author=OuterRef("author"))
    left_open = Post.objects.filter(
        NOT_DELETED,
        ~Exists(answers.filter(created_at__lt=ended)),
        community__in=communities,
        kind=PostKind.QUESTION,
        created_at__gte=ended - timedelta(days=7),
        created_at__lt=ended,
    ).annotate(is_answered_now=Exists(answers))
    rows = left_open.values("community").annotate(left=Count("pk"), answered=Count("pk", Q(is_answered_now=True)))
    return {pk: (left, answered) for pk, left, answered in rows.values_list("community", "left", "answered")}
