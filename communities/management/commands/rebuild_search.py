"""Writes anew what is searched, after PostgreSQL has changed its dictionaries."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from communities.models import Community
from communities.searching.documents import write_documents_of


class Command(BaseCommand):
    help = "Write the words of every post anew by the language of its community. Pages go on meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--community", metavar="SLUG", help="only of this one")

    def handle(self, *args: Any, community: str | None, **options: Any) -> None:
        communities = Community.objects.order_by("pk")
        if community is not None:
            communities = communities.filter(slug=community)
            if not communities:
                raise CommandError(f"There is no community {community}.")
        count = sum(write_documents_of(one.pk) for one in tqdm(communities, desc="communities", disable=None))
        self.stdout.write(f"posts        {count:,} searchable")
