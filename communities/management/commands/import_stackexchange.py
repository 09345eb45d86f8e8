"""Brings the public dump of a Stack Exchange site into a community."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from communities.imports.dump import Dump, Unreadable
from communities.imports.histories import import_histories
from communities.imports.honours import import_honours
from communities.imports.links import import_links
from communities.imports.people import import_people
from communities.imports.places import NoOwner, community_for
from communities.imports.run import Run
from communities.imports.settling import settle
from communities.imports.sites import UnknownSite, site_at, site_of_folder
from communities.imports.tags import import_tags
from communities.imports.texts import import_answers, import_comments, import_questions
from communities.imports.votes import accept_answers, import_votes
from communities.models import Answer


class Command(BaseCommand):
    help = "Import an unpacked dump of a Stack Exchange site. Run again, it imports what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder that holds Posts.xml")
        parser.add_argument(
            "--community", required=True, metavar="SLUG", help="founded if there is none at this address"
        )
        parser.add_argument(
            "--site", metavar="URL", help="where the originals are, if the folder's name does not say it"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would come, and change nothing")
        parser.add_argument("--owner", metavar="USERNAME", help="of a new community; else the first superuser")

    def handle(self, *args: Any, dry_run: bool, **named: Any) -> None:
        """A dry run does everything in one transaction and takes it back."""
        if dry_run:
            with transaction.atomic():
                self._bring(**named)
                transaction.set_rollback(True)
            self.stdout.write("This was a dry run: nothing has changed.")
        else:
            self._bring(**named)

    def _bring(self, *, folder: Path, community: str, site: str | None, owner: str | None, **_: Any) -> None:
        try:
            dump = Dump(folder, say=self.stderr.write)
            origin = site_at(site) if site else site_of_folder(folder)
            run = Run(dump, origin, community_for(community, origin, owner))
        except (Unreadable, UnknownSite, NoOwner) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(f"--community {community}: {' '.join(error.messages)}") from error
        self.stdout.write(f"From {origin.address} into {run.community.name} (/c/{run.community.slug}/).")
        try:
            _import(run)
        except Unreadable as error:
            settle(run)
            raise CommandError(f"{error} What came before it is imported; mend the file and run this again.") from error
        except KeyboardInterrupt:
            settle(run)
            raise
        settle(run)
        self._sum_up(run)

    def _sum_up(self, run: Run) -> None:
        for noun in ("questions", "answers", "comments", "people", "tags", "revisions", "links", "honours"):
            held, made = run.held[noun], run.made[noun]
            if not held and noun not in ("questions", "answers", "comments"):
                continue
            self.stdout.write(f"{noun:10} {held:9,}   {made:9,} new, {held - made:,} already here")
        writers = run.community.memberships.filter(user__origin_url__startswith=f"{run.site.address}/users").count()
        accepted = Answer.objects.filter(origin_url__startswith=f"{run.site.address}/a/", accepted_at__isnull=False)
        self.stdout.write(f"{'accepted':10} {accepted.count():9,}")
        self.stdout.write(f"{'writers':10} {writers:9,}   members who can claim what they wrote")
        if run.dump.broken_count:
            self.stdout.write(f"{'left out':10} {run.dump.broken_count:9,}   rows, named above")


def _import(run: Run) -> None:
    if run.dump.has("Users.xml"):
        import_people(run)
    import_questions(run)
    import_answers(run)
    if run.dump.has("Comments.xml"):
        import_comments(run)
    import_tags(run)
    if run.dump.has("PostLinks.xml"):
        import_links(run)
    if run.dump.has("PostHistory.xml"):
        import_histories(run)
    if run.dump.has("Badges.xml"):
        import_honours(run)
    import_votes(run)
    accept_answers(run)
