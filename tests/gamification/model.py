"""What XP ought to be, worked out from the rows of the communities in plain Python: slow, and written apart."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from communities.models import Answer, Post, Vote
from gamification.models import Activity

DAY = timedelta(days=1)
WORTH = {("post", 1): ("Q2", 5), ("post", -1): ("Q3", -1), ("answer", 1): ("A2", 10), ("answer", -1): ("A3", -2)}


class Due(NamedTuple):
    """Sorts as the caps take it."""

    at: datetime
    rule: str
    source: str
    source_id: int
    actor: int
    user: int
    amount: int


def settled(before: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """What has stood for a day by now. A score below zero does not end it, but being deleted does."""
    posts = Post.objects.filter(deleted_at=None)
    answers = Answer.objects.filter(deleted_at=None, post__deleted_at=None)
    return {
        key
        for noun, texts in (("post", posts), ("answer", answers))
        for text in texts
        if (key := (noun, text.pk)) in before or (timezone.now() - text.created_at >= DAY and text.score >= 0)
    }


def dues(stood: set[tuple[str, int]], waits: Callable[[Due], bool] = lambda due: False) -> Iterator[Due]:
    """Of questions and answers in new communities, none of them kept after deletion."""
    for post in Post.objects.filter(kind="question", deleted_at=None):
        if ("post", post.pk) in stood:
            yield Due(post.created_at, "Q1", "post", post.pk, 0, post.author_id, 3)
        yield from _votes("post", post, Vote.objects.filter(post=post, answer=None))
        answers = list(post.answers.filter(deleted_at=None).order_by("created_at", "pk"))
        for answer in answers:
            yield from _of_answer(answer, post, ("answer", answer.pk) in stood)
        if answers and answers[0].author_id != post.author_id:
            yield from _rescue(post, answers[0], waits)


def _of_answer(answer: Answer, post: Post, has_stood: bool) -> Iterator[Due]:
    if has_stood:
        yield Due(answer.created_at, "A1", "answer", answer.pk, 0, answer.author_id, 4)
    yield from _votes("answer", answer, answer.votes.all())
    if answer.accepted_at and answer.author_id != post.author_id:
        by = answer.accepted_by_id
        yield Due(answer.accepted_at, "A4", "answer", answer.pk, by, answer.author_id, 25)
        if by == post.author_id:
            yield Due(answer.accepted_at, "A4", "answer", answer.pk, by, by, 3)


def _votes(noun: str, content: Post | Answer, votes) -> Iterator[Due]:
    against = 0
    for vote in votes.exclude(value=0).order_by("changed_at", "pk"):
        against += vote.value == -1
        if vote.value == 1 or against <= 5:
            rule, amount = WORTH[noun, vote.value]
            yield Due(vote.changed_at, rule, noun, content.pk, vote.voter_id, content.author_id, amount)


def _rescue(post: Post, first: Answer, waits: Callable[[Due], bool]) -> Iterator[Due]:
    """By the first thanks that count; by one that waits only when no other does."""
    waited = (first.created_at - post.created_at) // DAY
    thanks = [(vote.changed_at, vote.voter_id) for vote in first.votes.filter(value=1)]
    if first.accepted_at and first.accepted_by_id != first.author_id:
        thanks.append((first.accepted_at, first.accepted_by_id))
    if waited >= 3 and thanks:
        xp = 30 if waited >= 30 else 20 if waited >= 7 else 10
        rescues = [Due(at, "A5", "post", post.pk, by, first.author_id, xp) for at, by in thanks]
        yield min(rescues, key=lambda due: (waits(due), due))


def key_of(due: Due) -> tuple[str, str, int, int, int]:
    """What is the same, however often it is cast anew."""
    return due.rule, due.source, due.source_id, due.actor, due.user


def totals(stood: set[tuple[str, int]], waits: Callable[[Due], bool] = lambda due: False) -> dict[int, int]:
    """XP of each person, after all caps and without what `waits`; those who have none are left out."""
    room: dict[tuple, int] = {}
    total: dict[int, int] = defaultdict(int)

    def take(amount: int, most: int, *among: object) -> int:
        left = room.setdefault(among, most)
        taken = min(amount, left)
        room[among] = left - taken
        return taken

    days = set()
    for due in sorted(due for due in dues(stood, waits) if not waits(due)):
        day, worth = due.at.date(), due.amount
        if due.rule in ("Q1", "A1"):
            worth = take(worth, {"Q1": 15, "A1": 40}[due.rule], due.user, day, due.rule)
            act = Activity.objects.get(source_type=due.source, source_id=due.source_id)
            days.add((due.user, act.local_date))
        if worth > 0 and due.actor not in (0, due.user):
            worth = take(worth, 30, due.user, due.actor, day)
            worth = take(worth, 100, due.user, due.actor, day.year, day.month)
        if worth > 0 and due.rule in ("Q2", "A2"):
            worth = take(worth, 200, due.user, day, "votes")
        total[due.user] += worth
    for user, _ in days:
        total[user] += 2
    return {user: xp for user, xp in total.items() if xp}
