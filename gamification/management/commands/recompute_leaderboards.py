"""Works out days, sums and scores anew from the ledger."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from communities.models import Community
from gamification.boards.ranks import differing_rungs, rebuild_rungs
from gamification.recomputing.slices import Whom, recompute, slices


class Command(BaseCommand):
    help = "Work out everybody's days, XP and scores anew from the ledger, and print what differed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, and fail when anything differs")
        parser.add_argument("--community", metavar="SLUG", help="only of those who belong to this one or earned there")

    def handle(self, *args: Any, check: bool, community: str | None, **options: Any) -> None:
        whom = Whom(community=_named(community))
        told = mended = people = 0
        progress = tqdm(recompute(whom, is_trial=check), total=len(slices(whom)), desc="members", disable=None)
        for part in progress:
            people += part.people
            mended += part.mended
            for difference in part.found:
                told += 1
                self.stdout.write(str(difference))
        if check:
            for rung in differing_rungs():
                told += 1
                self.stdout.write(rung)
        else:
            rebuild_rungs()
        if check and told:
            raise CommandError(f"{told} differences among {people:,} members.")
        self.stdout.write(f"{people:,} members: {f'{mended:,} rows mended' if mended else 'nothing differs'}.")


def _named(slug: str | None) -> Community | None:
    if slug is None:
        return None
    if found := Community.objects.filter(slug=slug).first():
        return found
    raise CommandError(f"There is no community {slug}.")
