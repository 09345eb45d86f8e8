"""Fills a local run with communities, members and conversations to look around in."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from communities.demo import ACCOUNTS, PASSWORD
from communities.demo.inbox import fill_inbox
from communities.demo.keeping import keep
from communities.demo.people import STAFF, NameTaken, people
from communities.demo.planting import Rows, plant
from communities.demo.threads import Malformed, Place, read_places
from communities.models import Community, Post
from communities.signals import demo_planted
from communities.warmth import heat_posts


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
        if not missing:
            self.stdout.write("The demo is there already; nothing changed.")
            return
        with transaction.atomic():
            self._plant(missing, members, now, is_new=missing == places)
        self.stdout.write(f"Sign in as {', '.join(ACCOUNTS)}: password {PASSWORD}. {STAFF} may use the admin pages.")

    def _plant(self, places: list[Place], members: dict[str, User], now: datetime, *, is_new: bool) -> None:
        posts: dict[str, Post] = {}
        for place in places:
            rows = plant(place, members, now)
            posts |= zip((thread.key for thread in place.threads), rows.posts, strict=True)
            self.stdout.write(f"{place.name:14}{_summary(rows)}")
        for name in ACCOUNTS:
            fill_inbox(members[name])
        if is_new:
            keep(posts, members, now)
            demo_planted.send(Community, people=members)
        heat_posts()


def _summary(rows: Rows) -> str:
    counts = {
        "posts": len(rows.posts),
        "answers": len(rows.answers),
        "comments": len(rows.comments),
        "votes": len(rows.votes),
    }
    return "  ".join(f"{count:4} {noun}" for noun, count in counts.items())
