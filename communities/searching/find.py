"""One search: from what somebody typed to the ids of what they may see, in order."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from communities import rules
from communities.models import Answer, Community, Post
from communities.models.content import NOT_DELETED
from communities.models.post import PostQuerySet
from communities.searching.candidates import Wanted, newest
from communities.searching.operators import Conditions, conditions
from communities.searching.query import Query, parse

TSQUERIES = "SELECT language, websearch_to_tsquery(language::regconfig, %s)::text FROM unnest(%s::text[]) AS language"
RANKED = """
    SELECT post_id, ts_rank('{0.1, 0.2, 0.4, 1.0}', words, %(query)s::tsquery)
      FROM communities_searchdocument WHERE post_id = ANY(%(ids)s) AND community_id = ANY(%(communities)s)
"""  # D other answers, C text, B trusted answers, A title
RANKED_ANSWERS = """
    WITH split AS MATERIALIZED (
        SELECT answer.id, to_tsvector(%(language)s::regconfig, translate(answer.body, './', '  ')) AS words
          FROM communities_answer AS answer JOIN communities_post AS post ON post.id = post_id
         WHERE answer.id = ANY(%(ids)s) AND community_id = ANY(%(communities)s)
    )
    SELECT id, ts_rank(words, %(query)s::tsquery) FROM split WHERE words @@ %(query)s::tsquery
"""


class Order(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"


ORDER_NAMES = {Order.RELEVANCE: gettext_lazy("Best match"), Order.NEWEST: gettext_lazy("Newest")}


@dataclass
class Search:
    """What was understood and found. `ids` are posts, or answers if wanted; `is_capped` when there are more.

    `is_senseless`: there is nothing in it to search for, and a hint says why.
    By language: `communities` says which are searched and how many posts they have, `tsqueries` for which words.
    """

    query: Query
    conditions: Conditions
    order: Order = Order.RELEVANCE
    communities: dict[str, dict[int, int]] = field(default_factory=dict)
    tsqueries: dict[str, str] = field(default_factory=dict)
    ids: list[int] = field(default_factory=list)
    is_capped: bool = False
    is_senseless: bool = False

    @property
    def hints(self) -> list[str]:
        return self.conditions.hints


def search(text: str, reader: User | AnonymousUser, community: Community | None, order: Order) -> Search:
    """Everything is bounded: how many are found, ranked and gone through, whatever was typed."""
    visible = Community.objects.visible_to(reader)
    if community:
        visible = visible.filter(pk=community.pk)
    query = parse(text)
    found = Search(query, conditions(query.operators, visible), order)
    if not (query.words or query.excluded or found.conditions):
        return _senseless(found, _("There is nothing in this to search for; write a word or an operator."))
    for pk, language, post_count in visible.values_list("pk", "language", "post_count"):
        found.communities.setdefault(language, {})[pk] = post_count
    if query.words or query.excluded:
        found.tsqueries = _tsqueries(query, found.communities)
        if found.communities and not found.tsqueries:
            return _senseless(found, _("Nearly every text has these words; add one that is not in all of them."))
    else:
        found.tsqueries = dict.fromkeys(found.communities, "")
    (_find_answers if found.conditions.wants_answers else _find_posts)(found)
    return found


def _senseless(found: Search, hint: str) -> Search:
    """A wrong operator has been named already."""
    found.is_senseless = True
    found.hints[:] = found.hints or [hint]
    return found


def _tsqueries(query: Query, languages: Iterable[str]) -> dict[str, str]:
    """The words in each language; one in which nothing is left of them is not searched."""
    with connection.cursor() as cursor:
        cursor.execute(TSQUERIES, [query.websearch, list(languages)])
        return {language: words for language, words in cursor.fetchall() if words}


def _find_posts(found: Search) -> None:
    asked = found.conditions
    posts = Post.objects.filter(*asked.own, *asked.post) if asked.own or asked.post else None
    ranks = _candidates(found, found.tsqueries, posts)
    if found.query.words and found.order == Order.RELEVANCE:
        found.ids = sorted(ranks, key=lambda post: (-ranks[post], -post))
    else:
        newest_first = Post.objects.filter(pk__in=ranks).order_by("-created_at", "-pk")
        found.ids = list(newest_first.values_list("pk", flat=True))


def _find_answers(found: Search) -> None:
    """In the posts that match best: their answers in which all the words are."""
    asked, has_words = found.conditions, bool(found.query.words or found.query.excluded)
    fitting = Answer.objects.filter(NOT_DELETED, *asked.own)
    somewhere = _tsqueries(replace(found.query, excluded=[]), found.communities)  # others may have it
    places = Post.objects.filter(*asked.post, pk__in=fitting.values("post"))
    ranks = _candidates(found, {language: somewhere.get(language, "") for language in found.tsqueries}, places)
    posts = sorted(ranks, key=lambda post: (-ranks[post], -post))
    if has_words and len(posts) > rules.SEARCH_ANSWERED:
        posts, found.is_capped = posts[: rules.SEARCH_ANSWERED], True
    answers = fitting.filter(post__in=posts).order_by("-created_at", "-pk")
    found.ids = list(answers.values_list("pk", flat=True)[: rules.SEARCH_TEXTS])
    found.is_capped |= len(found.ids) == rules.SEARCH_TEXTS
    if has_words:
        answer_ranks = _ranks(RANKED_ANSWERS, found, found.tsqueries, found.ids)
        found.ids = [pk for pk in found.ids if pk in answer_ranks]
        if found.order == Order.RELEVANCE:
            found.ids.sort(key=lambda pk: (-answer_ranks[pk], -pk))


def _candidates(found: Search, tsqueries: dict[str, str], posts: PostQuerySet | None) -> dict[int, float]:
    """Posts that may be shown, with their rank: the newest with the words in their title, and the newest of all."""
    asked = found.conditions
    ids: set[int] = set()
    for language, query in tsqueries.items():
        sizes = found.communities[language]
        wanted = Wanted(list(sizes), sum(sizes.values()), query, posts, asked.is_narrow)
        matches = [newest(wanted, "title_words", rules.SEARCH_TITLES)] if query else []
        if not asked.only_titles:
            matches.append(newest(wanted, "words", rules.SEARCH_TEXTS))
        found.is_capped |= not matches[-1].is_complete
        ids.update(*(match.posts for match in matches))
    return _ranks(RANKED, found, tsqueries, list(ids)) if found.query.words else dict.fromkeys(ids, 0.0)


def _ranks(ranked: str, found: Search, tsqueries: dict[str, str], ids: list[int]) -> dict[int, float]:
    ranks: dict[int, float] = {}
    with connection.cursor() as cursor:
        for language, query in tsqueries.items():
            communities = list(found.communities[language])
            given: dict[str, Any] = {"query": query, "language": language, "ids": ids, "communities": communities}
            cursor.execute(ranked, given)
            ranks |= dict(cursor.fetchall())
    return ranks
