"""Days and scores of members, written by hand."""

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from communities.models import Community
from gamification.boards.reading import shown_board
from gamification.boards.scores import write_scores
from gamification.models import DailyXP, Player, Span

NOON = time(12)


def today() -> date:
    return timezone.now().date()


def earn(person: User, xp: int, community: Community | None, *, on: date | None = None, minute: int = 0) -> None:
    """So many XP there, reached so many minutes after noon."""
    day = on or today()
    at = datetime.combine(day, NOON, UTC) + timedelta(minutes=minute)
    DailyXP.objects.create(user=person, community=community, utc_date=day, raw=xp, effective=xp, reached_at=at)


def show(*people: User, as_: str = "name") -> None:
    for person in people:
        Player.objects.update_or_create(user=person, defaults={"shown_as": as_})


def refresh(*people: User, now: datetime | None = None) -> None:
    write_scores([person.pk for person in people], now=now or timezone.now())


def seen(
    reader: User, community: Community | None = None, span: Span = Span.ALL, *, top: bool = False
) -> list[tuple[int, str, int]]:
    """Place, name and XP of each line."""
    board = shown_board(community, span, None, to=reader, now=None, is_top=top)
    return [(line.rank, line.face.display_name, line.xp) for line in board.lines]
