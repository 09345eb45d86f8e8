"""What somebody bookmarked, a page at a time, as they may see it now."""

from dataclasses import dataclass

from django.db.models import Count

from accounts.models import User
from communities import rules
from communities.models import Answer, Bookmark, Post


@dataclass(frozen=True)
class Line:
    """One bookmark; `content` is None when its owner may no longer see what it leads to."""

    bookmark: Bookmark
    content: Post | Answer | None


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    before: int
    """Where the next page begins; 0 = this is the last one."""
    is_lost: bool = False
    """Where it was to begin makes no sense, so it is the first one."""


def bookmarks_page(person: User, collection: str, before: str) -> Page:
    """Newest first, those of `collection` ("" = all), older than the id `before`."""
    kept = Bookmark.objects.of(person)
    if collection:
        kept = kept.filter(collection=collection)
    is_lost = bool(before) and not (before.isascii() and before.isdigit() and len(before) <= rules.ID_DIGITS)
    if before and not is_lost:
        kept = kept.filter(pk__lt=int(before))
    rows = list(kept.order_by("-pk")[: rules.BOOKMARKS_PER_PAGE + 1])
    more = len(rows) > rules.BOOKMARKS_PER_PAGE
    rows = rows[: rules.BOOKMARKS_PER_PAGE]
    return Page(lines_of(rows, person), rows[-1].pk if more else 0, is_lost)


def lines_of(bookmarks: list[Bookmark], person: User) -> list[Line]:
    """Each with what it leads to."""
    posts = Post.objects.visible_to(person).filter(pk__in=[one.post_id for one in bookmarks if not one.answer_id])
    answers = Answer.objects.visible_to(person).filter(pk__in=[one.answer_id for one in bookmarks if one.answer_id])
    found: dict[tuple[int, int | None], Post | Answer] = {}
    for post in posts.select_related("community"):
        found[post.pk, None] = post
    for answer in answers.select_related("post__community", "author"):
        found[answer.post_id, answer.pk] = answer
    return [Line(one, found.get((one.post_id, one.answer_id))) for one in bookmarks]


def collections_of(person: User) -> list[tuple[str, int]]:
    """Their names in the order of the alphabet, each with how many bookmarks it holds."""
    named = Bookmark.objects.of(person).exclude(collection="").values_list("collection")
    return sorted(named.annotate(n=Count("pk")).values_list("collection", "n"), key=lambda one: one[0].lower())
