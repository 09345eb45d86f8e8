"""Fills a local run with communities, members and conversations to look around in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from communities.demo import ACCOUNTS, PASSWORD
from communities.demo.inbox import fill_inbox
from communities.demo.people import EVERYWHERE, STAFF, NameTaken, people
from communities.demo.planting import Rows, plant
from communities.demo.threads import Malformed, read_places
from communities.models import Community


class Command(BaseCommand):
    help = "Load the demo: its members and communities. What is there already stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_LOCAL:
            raise CommandError("The demo has a password that everybody knows, so it is for a local run only.")
        now = timezone.now()
        try:
            places = read_places()
            with transaction.atomic():
                members = people(now)
        except (Malformed, NameTaken) as error:
            raise CommandError(str(error)) from error
        there = set(Community.objects.values_list("slug", flat=True))
        missing = [place for place in places if place.slug not in there]
        for place in missing:
            self.stdout.write(f"{place.name:14}{_summary(plant(place, members, now))}")
        if not missing:
            self.stdout.write("The demo is there already; nothing changed.")
            return
        fill_inbox(members[EVERYWHERE])
        self.stdout.write(f"Sign in as {', '.join(ACCOUNTS)}: password {PASSWORD}. {STAFF} may use the admin pages.")


def _summary(rows: Rows) -> str:
    counts = {
        "posts": len(rows.posts),
        "answers": len(rows.answers),
        "comments": len(rows.comments),
        "votes": len(rows.votes),
    }
    return "  ".join(f"{count:4} {noun}" for noun, count in counts.items())
