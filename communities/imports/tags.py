"""The tags of a dump with their descriptions, and the tags of its questions."""

import re

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from communities import rules
from communities.counts import recount_tags
from communities.imports.dump import BadRow, Row
from communities.imports.markdown import TooDeep, to_markdown
from communities.imports.records import QUESTION, kind_of
from communities.imports.run import Run
from communities.models import Post, PostTag, Revision, Tag
from communities.models.tag import tag_slug
from communities.writing import write_wiki

WIKI = 5  # PostTypeId
_WRITTEN = re.compile(r"[<|]([^<>|]+)(?=[>|])")


def tags_in(written: str) -> list[str]:
    """`<one><two>` as older dumps have it, `|one|two|` as newer ones do."""
    return _WRITTEN.findall(written)[: rules.TAGS_MAX]


def import_tags(run: Run) -> None:
    """Tags that members here have tended since stay as they are, and so do posts that carry tags already."""
    wikis: dict[int, str] = {}
    if run.dump.has("Tags.xml"):
        for rows in run.dump.batches("Tags.xml", "tags"):
            wikis |= _make_tags(run, rows)
    for rows in run.dump.batches("Posts.xml", "tagged"):
        _describe(run, rows, wikis)
        _put(run, rows)
    tags = Tag.objects.filter(community=run.community)
    recount_tags(tags)
    run.held["tags"] = tags.count()


def _make_tags(run: Run, rows: list[Row]) -> dict[int, str]:
    """Returns under which number the dump has the description of a tag."""
    wikis = {}
    names: dict[str, str] = {}
    for row in rows:
        try:
            name = row.text("TagName")
            if not (slug := tag_slug(name)[: rules.TAG_MAX]):
                raise BadRow("its name has no letters")
            names[slug] = name[: rules.TAG_MAX]
            if row.get("WikiPostId"):
                wikis[row.number("WikiPostId")] = slug
        except BadRow as error:
            run.dump.leave_out(row, str(error))
    _make(run, names)
    return wikis


def _make(run: Run, names: dict[str, str]) -> None:
    there = set(Tag.objects.written(names).filter(community=run.community).values_list("slug", flat=True))
    now = timezone.now()
    new = [
        Tag(community=run.community, name=name, slug=slug, approved_at=now)
        for slug, name in names.items()
        if slug not in there
    ]
    Tag.objects.bulk_create(new, ignore_conflicts=True)
    run.made["tags"] += len(new)


def _describe(run: Run, rows: list[Row], wikis: dict[int, str]) -> None:
    described = [row for row in rows if row.get("Id").isdecimal() and int(row.get("Id")) in wikis]
    for row in described:
        tag = Tag.objects.filter(community=run.community, slug=wikis[row.number("Id")], wiki="").first()
        try:
            if tag is not None and kind_of(row) == WIKI and row.get("Body"):
                write_wiki(tag, _shortened(to_markdown(row.get("Body"), run.site)))
                tag.save()
        except BadRow as error:
            run.dump.leave_out(row, str(error))
        except TooDeep:
            run.dump.leave_out(row, "its elements lie too deep within each other")


def _shortened(wiki: str) -> str:
    """At most what a description may hold, whole paragraphs of it."""
    if len(wiki) <= rules.WIKI_MAX:
        return wiki
    return wiki[: rules.WIKI_MAX].rpartition("\n\n")[0] or wiki[: rules.WIKI_MAX - 1] + "…"


def _put(run: Run, rows: list[Row]) -> None:
    wanted: dict[str, list[str]] = {}
    for row in rows:
        if row.get("PostTypeId") == str(QUESTION) and row.get("Id").isdecimal() and row.get("Tags"):
            names = tags_in(row.get("Tags"))
            slugs = [slug for slug in (tag_slug(name)[: rules.TAG_MAX] for name in names) if slug]
            wanted[run.site.question(row.number("Id"))] = list(dict.fromkeys(slugs))
    with transaction.atomic():
        touched = Revision.objects.filter(origin_url=None, answer=None, comment=None).values("post")
        untagged = Post.objects.filter(origin_url__in=wanted, tagged=None).exclude(pk__in=touched)
        posts = list(untagged.only("origin_url", "created_at"))
        used = {slug for post in posts for slug in wanted[post.origin_url or ""]}
        _make(run, {slug: slug for slug in used})
        tags = {
            tag.slug: tag.synonym_of_id or tag.pk for tag in Tag.objects.written(used).filter(community=run.community)
        }
        put = []
        for post in posts:
            pks = dict.fromkeys(tags[slug] for slug in wanted[post.origin_url or ""])
            put += [
                PostTag(post=post, tag_id=pk, place=place, posted_at=post.created_at) for place, pk in enumerate(pks)
            ]
        PostTag.objects.bulk_create(put)
        Post.objects.filter(pk__in=[post.pk for post in posts]).update(version=F("version") + 1)
