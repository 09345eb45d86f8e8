"""One deed more of each achievement, written as rows; and deeds that miss it by little."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from communities.actions.suggesting import approve_suggestion
from communities.models import Answer, Community, Post, PostTag, Tag
from gamification.models import Activity, DailyXP
from gamification.rules import xp_of
from tests.factories import make_answer, make_community, make_post, make_suggestion, make_tag

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Stage:
    """Bob is the one who wants to reach something; Ada asks, Otto answers better."""

    bob: User
    ada: User
    otto: User
    algebra: Community
    count: int = 0

    def ask(self, by: User, *, community: Community | None = None, ago: timedelta = 40 * DAY, **fields: object) -> Post:
        self.count += 1
        post = make_post(by, community or self.algebra, title=f"Question number {self.count} of these")
        return with_fields(post, created_at=timezone.now() - ago, **fields)

    def answer(
        self,
        by: User,
        post: Post,
        *,
        after: timedelta = HOUR,
        accepted_after: timedelta | None = None,
        **fields: object,
    ) -> Answer:
        at = post.created_at + after
        if accepted_after is not None:
            fields |= {"accepted_at": at + accepted_after, "accepted_by": post.author}
            with_fields(post, accepted_at=at + accepted_after)
        return with_fields(make_answer(by, post), created_at=at, **fields)

    def helps(self, **fields: object) -> Answer:
        return self.answer(self.bob, self.ask(self.ada), **fields)


def with_fields[Row: (Post, Answer)](row: Row, **fields: object) -> Row:
    type(row)._base_manager.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()
    return row


def one_better(stage: Stage, content: type[Post] | type[Answer], first: Callable[[], Post | Answer]) -> None:
    """One vote more on what there is."""
    found = content.objects.filter(author=stage.bob).first() or first()
    with_fields(found, up=found.up + 1)


def tagged(stage: Stage, up: int) -> None:
    tag = Tag.objects.filter(slug="equations").first() or make_tag(stage.algebra, "equations")
    answer = stage.helps(up=up)
    PostTag.objects.create(post=answer.post, tag=tag, place=0, posted_at=answer.post.created_at)


def elsewhere(stage: Stage) -> None:
    """Five accepted answers in one more community."""
    other = make_community(stage.otto, stage.ada, stage.bob, name=f"Place {Community.objects.count()}")
    for _ in range(5):
        stage.answer(stage.bob, stage.ask(stage.ada, community=other), accepted_after=HOUR)


def outscored(stage: Stage, by: int) -> None:
    post = stage.ask(stage.ada)
    stage.answer(stage.otto, post, accepted_after=HOUR, up=2)
    stage.answer(stage.bob, post, after=2 * HOUR, up=2 + by)


def of_somebody_known(stage: Stage) -> None:
    xp = xp_of(4)
    DailyXP.objects.get_or_create(
        user=stage.ada,
        community=stage.algebra,
        utc_date=(timezone.now() - 60 * DAY).date(),
        defaults={"raw": xp, "effective": xp},
    )
    stage.helps(accepted_after=HOUR)


def closed(stage: Stage, *, after: timedelta = 6 * DAY) -> None:
    stage.answer(stage.ada, stage.ask(stage.bob), accepted_after=after)


def act(stage: Stage, *days_ago: int) -> None:
    for days in days_ago:
        stage.count += 1
        at = timezone.now() - days * DAY
        Activity.objects.create(
            user=stage.bob,
            community=stage.algebra,
            source_type="comment",
            source_id=stage.count,
            at=at,
            local_date=at.date(),
        )


def keep_a_week(stage: Stage) -> None:
    """One more, before those that are kept; the last of them ended yesterday at the latest."""
    stage.count += 1
    since_monday = timezone.now().weekday()
    act(stage, *(since_monday + 7 * Activity.objects.count() // 3 + days for days in (1, 2, 3)))


Deed = Callable[[Stage], object]
DEEDS: dict[str, Deed] = {
    "first-question": lambda stage: stage.ask(stage.bob, ago=DAY),
    "first-answer": lambda stage: stage.helps(up=1),
    "good-question": lambda stage: one_better(stage, Post, lambda: stage.ask(stage.bob)),
    "clear-asker": lambda stage: closed(stage, after=20 * DAY),
    "closes-the-loop": closed,
    "self-solver": lambda stage: stage.answer(stage.bob, stage.ask(stage.bob), up=3),
    "helping-hand": lambda stage: stage.helps(up=1),
    "accepted": lambda stage: stage.helps(accepted_after=HOUR),
    "great-answer": lambda stage: one_better(stage, Answer, stage.helps),
    "first-responder": lambda stage: stage.helps(after=0.9 * HOUR, up=1),
    "rescuer": lambda stage: stage.helps(after=7 * DAY, accepted_after=HOUR),
    "archaeologist": lambda stage: stage.answer(stage.bob, stage.ask(stage.ada, ago=181 * DAY), after=180 * DAY, up=5),
    "second-look": lambda stage: outscored(stage, 5),
    "patient-teacher": lambda stage: stage.helps(accepted_after=HOUR),
    "cross-pollinator": elsewhere,
    "topic-expert": lambda stage: tagged(stage, 5),
    "steady-rhythm": keep_a_week,
    "days-of-learning": lambda stage: act(stage, 2 * Activity.objects.count()),
    "welcome-back": lambda stage: act(stage, 60, 29, 26, 23),
    "editor": lambda stage: approve_suggestion(make_suggestion(stage.bob, stage.ask(stage.ada)), by=stage.ada),
}
"""Each once more."""

MISSES: dict[str, list[Deed]] = {
    "first-question": [
        lambda stage: stage.ask(stage.bob, ago=DAY - HOUR),
        lambda stage: stage.ask(stage.bob, down=1),
        lambda stage: stage.ask(stage.bob, kind="discussion"),
        lambda stage: stage.ask(stage.bob, origin_url="https://elsewhere.example/q/1"),
    ],
    "first-answer": [lambda stage: stage.helps(), lambda stage: stage.helps(up=1, deleted_at=timezone.now())],
    "clear-asker": [
        lambda stage: stage.answer(stage.bob, stage.ask(stage.bob), accepted_after=HOUR),
        lambda stage: stage.answer(stage.ada, stage.ask(stage.bob)),
    ],
    "closes-the-loop": [lambda stage: closed(stage, after=8 * DAY)],
    "self-solver": [lambda stage: stage.answer(stage.bob, stage.ask(stage.bob), up=2)],
    "helping-hand": [lambda stage: stage.answer(stage.bob, stage.ask(stage.bob), up=1)],
    "accepted": [lambda stage: stage.answer(stage.bob, stage.ask(stage.bob), accepted_after=HOUR)],
    "first-responder": [
        lambda stage: stage.helps(after=1.1 * HOUR, up=1),
        lambda stage: stage.answer(stage.otto, stage.helps(after=HOUR / 2, up=1).post, after=HOUR / 4),
    ],
    "rescuer": [lambda stage: stage.helps(after=6 * DAY, up=2), lambda stage: stage.helps(after=7 * DAY, up=1)],
    "archaeologist": [
        lambda stage: stage.answer(stage.bob, stage.ask(stage.ada, ago=181 * DAY), after=179 * DAY, up=5)
    ],
    "second-look": [lambda stage: outscored(stage, 4)],
    "patient-teacher": [of_somebody_known],
    "welcome-back": [
        lambda stage: act(stage, 60, 30, 26, 24),
        lambda stage: act(stage, 60, 29, 26, 22),
        lambda stage: act(stage, 29, 26, 23),
    ],
    "topic-expert": [lambda stage: stage.helps(up=5)],
}
"""Deeds that do not count, however often."""
