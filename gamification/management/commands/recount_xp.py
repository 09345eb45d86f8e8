"""Compares the ledger with what is due; the sums with the ledger, that is `recompute_leaderboards`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gamification.settling import settle_everything


class Command(BaseCommand):
    help = "Settle all XP anew from posts, answers, votes and edits, and print what differed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, and fail when anything differs")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        differences = 0
        for difference in settle_everything(is_trial=check):
            differences += 1
            self.stdout.write(str(difference))
        if check and differences:
            raise CommandError(f"{differences} differences.")
        self.stdout.write(f"{differences} differences{' mended' if differences else ''}.")
