"""The tags of a dump with their descriptions, and the tags of its questions."""

import re
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.names import plain_line
from communities import rules
from communities.counts import recount_tags
from communities.imports.dump import BadRow, Row
from communities.imports.escaping import escape
from communities.imports.markdown import TooDeep, to_markdown
from communities.imports.records import QUESTION, kind_of
from communities.imports.run import Run
from communities.models import Post, PostTag, Revision, Tag
from communities.models.tag import tag_slug
from communities.writing import write_wiki

EXCERPT, WIKI = 4, 5  # PostTypeId
_WRITTEN = re.compile(r"[<|]([^<>|]+)(?=[>|])")


def tags_in(written: str) -> list[str]:
    """`<one><two>` as older dumps have it, `|one|two|` as newer ones do."""
    return _WRITTEN.findall(written)[: rules.TAGS_MAX]


def import_tags(run: Run) -> None:
    """Tags that members here have tended since stay as they are, and so do posts that carry tags already."""
    described: dict[int, str] = {}
    excerpts: dict[str, str] = {}
    if run.dump.has("Tags.xml"):
        for rows in run.dump.batches("Tags.xml", "tags"):
            described |= _make_tags(run, rows)
    for rows in run.dump.batches("Posts.xml", "tagged"):
        excerpts |= _describe(run, rows, described)
        _put(run, rows)
    for tag in _undescribed(run, excerpts):
        write_wiki(tag, excerpts[tag.slug])
        tag.save()
    tags = Tag.objects.filter(community=run.community)
    recount_tags(tags)
    run.held["tags"] = tags.count()


def _make_tags(run: Run, rows: list[Row]) -> dict[int, str]:
    """Returns under which numbers the dump has the descriptions of a tag, the long one and the short."""
    described = {}
    names: dict[str, str] = {}
    for row in rows:
        try:
            name = row.text("TagName")
            if not (slug := tag_slug(name)[: rules.TAG_MAX]):
                raise BadRow("its name has no letters")
            names[slug] = name[: rules.TAG_MAX]
            for text in ("WikiPostId", "ExcerptPostId"):
                if row.get(text):
                    described[row.number(text)] = slug
        except BadRow as error:
            run.dump.leave_out(row, str(error))
    _make(run, names)
    return described


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


def _describe(run: Run, rows: list[Row], described: dict[int, str]) -> dict[str, str]:
    """Puts the long descriptions where none is; returns the short ones, for tags that have no long one."""
    excerpts = {}
    texts = {int(row.get("Id")): row for row in rows if row.get("Id").isdecimal() and row.get("Body")}
    slugs = {number: described[number] for number in texts.keys() & described.keys()}
    tags = {tag.slug: tag for tag in _undescribed(run, slugs.values())}
    for number in sorted(number for number, slug in slugs.items() if slug in tags):
        row, tag = texts[number], tags[slugs[number]]
        try:
            if kind_of(row) == WIKI:
                write_wiki(tag, _shortened(to_markdown(row.get("Body"), run.site)))
                tag.save()
            elif kind_of(row) == EXCERPT:
                excerpts[tag.slug] = _shortened(escape(plain_line(row.get("Body")), begins_line=True))
        except BadRow as error:
            run.dump.leave_out(row, str(error))
        except TooDeep:
            run.dump.leave_out(row, "its elements lie too deep within each other")
    return excerpts


def _undescribed(run: Run, slugs: Iterable[str]) -> QuerySet[Tag]:
    """What members here have written about a tag stays."""
    return Tag.objects.written(slugs).filter(community=run.community, wiki="")


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
