"""What was found as rows to read, the words in it marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from communities.models import Answer, Post
from communities.models.content import NOT_DELETED
from communities.searching.find import Search

BEGIN, END = "\x02", "\x03"
"""Taken out of every text before; what stands between becomes `<mark>` after everything is escaped."""
HEADLINES = """
    SELECT ts_headline(language::regconfig, title, query::tsquery, %(whole)s),
           ts_headline(language::regconfig, body, query::tsquery, %(part)s)
      FROM unnest(%(languages)s::text[], %(queries)s::text[], %(titles)s::text[], %(bodies)s::text[]) WITH ORDINALITY
           AS found (language, query, title, body, place)
     ORDER BY place
"""
MARKED = f"StartSel={BEGIN}, StopSel={END}"
WHOLE = f"{MARKED}, HighlightAll=true"
PART = f'{MARKED}, MaxFragments=2, MaxWords=24, MinWords=12, FragmentDelimiter=" … "'
OURS = re.compile(f"[{BEGIN}{END}]")
READ = 1_000  # characters of a text in which a passage is looked for
LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\([^)\s]*\)")
SIGNS = dict.fromkeys([*range(0x20), *map(ord, "`*#>|~"), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], " ")


@dataclass(frozen=True)
class Result:
    """`title` and `passage` are safe HTML. `content` is the post, or the answer where answers were wanted."""

    content: Post | Answer
    title: SafeString
    passage: SafeString

    @property
    def post(self) -> Post:
        return self.content.post if isinstance(self.content, Answer) else self.content


def results(search: Search, reader: User | AnonymousUser, ids: Sequence[int]) -> list[Result]:
    """One page of them in their order; asks again what the reader may see."""
    found: dict[int, Any]
    if search.conditions.wants_answers:
        answers = Answer.objects.visible_to(reader).filter(pk__in=ids).select_related("author", "post__community")
        found = {answer.pk: answer for answer in answers}
        bodies = {answer.pk: answer.body for answer in answers}
    else:
        posts = Post.objects.visible_to(reader).filter(pk__in=ids).select_related("author", "community")
        found = {post.pk: post for post in posts}
        bodies = _bodies(found) if search.query.words else {post.pk: post.body for post in posts}
    shown = [found[pk] for pk in ids if pk in found]
    headlines = _headlines(search, shown, [_plain(bodies[content.pk]) for content in shown])
    return [Result(content, *map(_marked, parts)) for content, parts in zip(shown, headlines, strict=True)]


def _bodies(posts: dict[int, Post]) -> dict[int, str]:
    """A passage may come from the text or from an answer."""
    bodies = {pk: post.body[:READ] for pk, post in posts.items()}
    answers = Answer.objects.filter(NOT_DELETED, post__in=posts).order_by("-accepted_at", "-quality", "pk")
    for post, body in answers.values_list("post", "body"):
        if len(bodies[post]) < 2 * READ:
            bodies[post] += f"\n{body[:READ]}"
    return bodies


def _plain(source: str) -> str:
    """Markdown's signs would only be in the way; formulas stay as they were written."""
    return " ".join(LINK.sub(r"\1", source[: 2 * READ]).translate(SIGNS).split())


def _headlines(search: Search, shown: Sequence[Post | Answer], bodies: list[str]) -> list[tuple[str, str]]:
    posts = [content.post if isinstance(content, Answer) else content for content in shown]
    titles = [OURS.sub("", post.title) for post in posts]
    if not search.query.words:
        return [(title, _cut(body)) for title, body in zip(titles, bodies, strict=True)]
    languages = [post.community.language for post in posts]
    given: dict[str, Any] = {
        "languages": languages,
        "queries": [search.tsqueries.get(language, "") for language in languages],
        "titles": titles,
        "bodies": bodies,
        "whole": WHOLE,
        "part": PART,
    }
    with connection.cursor() as cursor:
        cursor.execute(HEADLINES, given)
        return list(cursor.fetchall())


def _cut(body: str) -> str:
    return body if len(body) <= 180 else body[:180].rpartition(" ")[0] + " …"


def _marked(headline: str) -> SafeString:
    html = escape(headline).replace(BEGIN, "<mark>").replace(END, "</mark>")
    return mark_safe(html)  # noqa: S308 - escaped above
