"""Weeks and months of leaderboards: which is now, and which are still written."""

from datetime import date, datetime, timedelta

from gamification import rules
from gamification.models import Span


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def start_of(span: Span, day: date) -> date | None:
    """The first day of the week or month that the day lies in; all time has none."""
    if span == Span.WEEK:
        return monday_of(day)
    return day.replace(day=1) if span == Span.MONTH else None


def before(span: Span, start: date) -> date | None:
    """Where the week or month before begins."""
    return start_of(span, start - timedelta(days=1))


def after(span: Span, start: date) -> date | None:
    return start_of(span, start + timedelta(days=7 if span == Span.WEEK else 31))


def first_open(span: Span, now: datetime) -> date | None:
    """Boards that begin earlier are frozen."""
    return start_of(span, (now - rules.BOARD_STAYS_OPEN).date())
