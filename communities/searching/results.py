"""What was found as rows to read: kept like those of any list; only title and passage are put in anew each time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models.functions import Left
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from communities.fragments import Wanted, fragments, stamp
from communities.models import Answer, Community, Post
from communities.searching.find import Search
from communities.searching.passages import READ_HTML, Text, marked

TITLE, PASSAGE = "<!--title-->", "<!--passage-->"
"""Where a kept row leaves room; what people wrote never looks like this, because it is escaped."""


@dataclass(frozen=True)
class Hit:
    """A post, or an answer where answers were wanted. Its row depends on `version` and `standing`."""

    pk: int
    version: int
    standing: str
    text: Text


def passages(
    search: Search, reader: User | AnonymousUser, ids: Sequence[int], community: Community | None
) -> dict[int, tuple[SafeString, SafeString]]:
    """By their ids title and passage of one page of what was found, in its order, with the words marked."""
    shown = _shown(search, reader, ids, community)
    return dict(zip([hit.pk for hit in shown], marked(search, [hit.text for hit in shown]), strict=True))


def result_rows(
    search: Search, reader: User | AnonymousUser, ids: Sequence[int], community: Community | None
) -> list[SafeString]:
    """One page of what was found, in its order; asks again what the reader may see."""
    shown = _shown(search, reader, ids, community)
    identities = [(hit.pk, hit.version, hit.standing) for hit in shown]
    load = _answer_contexts(community) if search.conditions.wants_answers else _post_contexts(community)
    (rows,) = fragments(Wanted("communities/_result.html", identities, load))
    marks = marked(search, [hit.text for hit in shown])
    return [
        mark_safe(rows[hit.pk].replace(TITLE, title, 1).replace(PASSAGE, passage, 1))  # noqa: S308 - all three are safe
        for hit, (title, passage) in zip(shown, marks, strict=True)
        if hit.pk in rows
    ]


def _shown(search: Search, reader: User | AnonymousUser, ids: Sequence[int], community: Community | None) -> list[Hit]:
    hits = (_answers if search.conditions.wants_answers else _posts)(reader, ids, community)
    return [hits[pk] for pk in ids if pk in hits]


def _posts(reader: User | AnonymousUser, ids: Sequence[int], community: Community | None) -> dict[int, Hit]:
    posts = Post.objects.visible_to(reader).filter(pk__in=ids)
    columns = ("pk", "version", "community__name", "community__language", "title", Left("html", READ_HTML))
    return {
        pk: Hit(pk, version, "post" + _place(community, name), Text(language, title, html, pk))
        for pk, version, name, language, title, html in posts.values_list(*columns)
    }


def _answers(reader: User | AnonymousUser, ids: Sequence[int], community: Community | None) -> dict[int, Hit]:
    answers = Answer.objects.visible_to(reader).filter(pk__in=ids)
    around = ("post__version", "post__community__name", "post__community__language", "post__title")
    return {
        pk: Hit(pk, version, f"answer{of_post}" + _place(community, name), Text(language, title, html))
        for pk, version, of_post, name, language, title, html in answers.values_list(
            "pk", "version", *around, Left("html", READ_HTML)
        )
    }


def _place(community: Community | None, name: str) -> str:
    """The row names its community where many are searched."""
    return "" if community else f":{stamp(name)}"


Contexts = Callable[[list[int]], dict[int, dict[str, Any]]]


def _post_contexts(community: Community | None) -> Contexts:
    def load(pks: list[int]) -> dict[int, dict[str, Any]]:
        posts = Post.objects.filter(pk__in=pks).select_related("author", "community").defer("body", "html")
        return {post.pk: {"post": post, "content": post, "community": community} for post in posts}

    return load


def _answer_contexts(community: Community | None) -> Contexts:
    def load(pks: list[int]) -> dict[int, dict[str, Any]]:
        answers = Answer.objects.filter(pk__in=pks).select_related("author", "post__community").defer("body", "html")
        return {answer.pk: {"post": answer.post, "content": answer, "community": community} for answer in answers}

    return load
