"""Renders stored texts anew after the Markdown pipeline has changed."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import reset_queries, transaction
from django.db.models import F, Model, QuerySet
from tqdm import tqdm

from communities.models import Answer, Comment, Community, Content, Post, Tag
from communities.writing import mentioned_members, write_about, write_body, write_wiki
from markup import PIPELINE_VERSION

BATCH = 200


class Command(BaseCommand):
    help = "Render every text whose HTML an older Markdown pipeline made. Interrupted, it goes on where it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that are up to date")

    def handle(self, *args: Any, all: bool, **options: Any) -> None:  # noqa: A002 - the option's name
        for model in (Post, Answer, Comment):
            texts = model._base_manager.select_related("community" if model is Post else "post__community")
            for batch in self._batches(texts, everything=all):
                _rebuild(model, batch)
        for communities in self._batches(Community.objects.all(), everything=all):
            for community in communities:
                write_about(community, community.about)
            Community.objects.bulk_update(communities, ["about_html", "asking_hints_html", "markup_version"])
        for tags in self._batches(Tag.objects.all(), everything=all):
            for tag in tags:
                write_wiki(tag, tag.wiki)
            Tag.objects.bulk_update(tags, ["wiki_html", "markup_version"])

    def _batches[M: Model](self, texts: QuerySet[M], *, everything: bool) -> Iterator[list[M]]:
        """Some at a time by ascending id, locked while they are changed."""
        stale = texts if everything else texts.filter(markup_version__lt=PIPELINE_VERSION)
        nouns = str(texts.model._meta.verbose_name_plural)
        count, last = 0, 0
        with tqdm(desc=f"{nouns:<12}", total=stale.count(), disable=None) as bar:
            while True:
                with transaction.atomic():
                    batch = list(stale.filter(pk__gt=last).order_by("pk").select_for_update(of=("self",))[:BATCH])
                    if not batch:
                        break
                    yield batch
                count, last = count + len(batch), batch[-1].pk
                bar.update(len(batch))
                reset_queries()  # which a local run would all remember
        self.stdout.write(f"{nouns:<12} {count:,} rendered")


def _rebuild(model: type[Content], texts: list[Any]) -> None:
    for text in texts:
        post = text.post
        is_imported = text.origin_url is not None  # names in it are names elsewhere
        write_body(text, text.body, [] if is_imported else mentioned_members(post.community, text.body))
        text.version += 1
    model._base_manager.bulk_update(texts, ["html", "markup_version", "version"])
    if model is Comment:
        on_posts = {text.post_id for text in texts if text.answer_id is None}
        on_answers = {text.answer_id for text in texts if text.answer_id is not None}
        Post.objects.filter(pk__in=on_posts).update(version=F("version") + 1)
        Answer.objects.filter(pk__in=on_answers).update(version=F("version") + 1)
