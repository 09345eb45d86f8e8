"""Fills a local database with as many posts as are wanted, for measuring."""

from argparse import ArgumentParser, ArgumentTypeError
from time import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from communities.models import Post
from communities.scale.load import AlreadyThere, write_load
from communities.scale.plan import KNOWN_ANSWERS, make_plan
from communities.scale.texts import make_pool


class Command(BaseCommand):
    help = "Write a plausible load for measuring: posts with answers, comments, votes, members and communities."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--posts", type=_amount, required=True, metavar="N", help="how many, at least 2")

    def handle(self, *args: Any, posts: int, **options: Any) -> None:
        if not settings.IS_LOCAL:
            raise CommandError("The load is for measuring on one's own machine, so it is for a local run only.")
        plan = make_plan(posts, now=int(time()))
        try:
            first = write_load(plan, make_pool())
        except AlreadyThere:
            raise CommandError("The load is there already; another one wants an empty database.") from None
        self.stdout.write(
            f"{posts:,} posts, {len(plan.answers.at):,} answers and {plan.vote_count:,} votes "
            f"of {plan.member_count:,} members."
        )
        for number, answers in enumerate(KNOWN_ANSWERS):
            post = Post.objects.get(pk=first.post + number)
            self.stdout.write(f"{answers:2} answers: post {post.pk}, {post.get_absolute_url()}")


def _amount(text: str) -> int:
    if not text.isdigit() or int(text) < len(KNOWN_ANSWERS):
        raise ArgumentTypeError(f"{text} is not a number of posts from {len(KNOWN_ANSWERS)} on")
    return int(text)
