"""Says who would gain and who would lose if the rules of XP were others."""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from gamification.replaying import DraftUnfit, Shift, as_draft, numbers_of, shifts
from gamification.rules import level_of

SHOWN = 20


class Command(BaseCommand):
    help = "Print who would gain and lose XP in the last days under the rules of a draft. Writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rules", type=Path, metavar="DRAFT.toml", help="what differs from the rules of now")
        parser.add_argument("--days", type=int, default=90)
        parser.add_argument("--print-rules", action="store_true", help="print those of now, to begin with")

    def handle(self, *args: Any, rules: Path | None, days: int, print_rules: bool, **options: Any) -> None:
        if print_rules:
            self.stdout.write(as_draft(), ending="")
            return
        if rules is None:
            raise CommandError("Name a draft with --rules; --print-rules prints one to begin with.")
        if days < 1:
            raise CommandError("--days has to be 1 or more.")
        try:
            draft = numbers_of(rules.read_text(encoding="utf-8"))
        except OSError as error:
            raise CommandError(f"{rules} can't be read: {error.strerror}.") from error
        except DraftUnfit as error:
            raise CommandError(f"{rules}: {error}") from error
        since = timezone.now().date() - timedelta(days=days - 1)
        self._tell(list(shifts(draft, since=since)), days)

    def _tell(self, found: list[Shift], days: int) -> None:
        gain = sorted((shift for shift in found if shift.difference > 0), key=lambda shift: -shift.difference)
        lose = sorted((shift for shift in found if shift.difference < 0), key=lambda shift: shift.difference)
        altogether = sum(shift.difference for shift in found)
        self.stdout.write(
            f"{len(found)} members with XP in the last {days} days: {len(gain)} would gain, {len(lose)} would lose, "
            f"{altogether:+d} XP altogether."
        )
        for title, most in (("Would gain most:", gain[:SHOWN]), ("Would lose most:", lose[:SHOWN])):
            if most:
                self.stdout.write(title)
                people = User.objects.in_bulk([shift.user for shift in most])
                for shift in most:
                    self.stdout.write(_line(shift, people[shift.user]))


def _line(shift: Shift, person: User) -> str:
    before, after = level_of(person.xp), level_of(person.xp + shift.difference)
    level = f", level {before} → {after}" if before != after else ""
    return f"  {shift.difference:+6d}  {person.username} ({shift.now} → {shift.then}{level})"
