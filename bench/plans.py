"""How PostgreSQL answers the questions of the feed and of a post: as the pages send them, explained."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import django

django.setup()

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from accounts.models import User
from communities import rules
from communities.keyset import NEWEST, keyset_page, newest_of_tag
from communities.models import Community, Post, Tag
from communities.models.content import NOT_DELETED
from communities.reading import answers_to_order, page_of_post
from communities.scale.words import RARE
from communities.searching.candidates import Wanted, newest
from communities.tabs import ORDERS, Tab, of_tab


def plans() -> dict[str, str]:
    """By name of the question."""
    community = Community.objects.order_by("-post_count")[0]
    feed = Post.objects.filter(NOT_DELETED, community=community)
    middle = keyset_page(NEWEST, "", community.post_count // 2, feed).next_cursor
    post = feed.filter(answer_count=30).order_by("-pk")[0]
    sizes = dict(Community.objects.values_list("pk", "post_count"))
    searched, most = Wanted(list(sizes), sum(sizes.values()), ""), rules.SEARCH_TEXTS
    liked = Post.objects.filter(score__gte=5)
    reader = User.objects.filter(memberships__community=community).order_by("pk")[0]
    tag = Tag.objects.filter(community=community).order_by("-post_count")[0]
    return {
        **{
            f"feed, {tab}": explained(
                lambda tab=tab: keyset_page(ORDERS[tab], "", rules.POSTS_PER_PAGE, of_tab(feed, tab, reader))
            )
            for tab in Tab
        },
        "posts of the largest tag": explained(lambda: newest_of_tag(tag, "", rules.POSTS_PER_PAGE)),
        "feed, from the middle": explained(lambda: keyset_page(NEWEST, middle, rules.POSTS_PER_PAGE, feed)),
        "post": explained(lambda: page_of_post(post.pk, AnonymousUser())),
        "its answers": explained(lambda: answers_to_order(post)),
        "search, common word": explained(lambda: newest(replace(searched, query="'condit'"), "words", most)),
        "search, rare word": explained(lambda: newest(replace(searched, query=f"'{RARE}'"), "words", most)),
        "search, operators only": explained(lambda: newest(replace(searched, posts=liked), "words", most)),
        "search, common word and operators": explained(
            lambda: newest(replace(searched, query="'condit'", posts=liked), "words", most)
        ),
        "search, common word in one community": explained(
            lambda: newest(Wanted([community.pk], community.post_count, "'condit'"), "words", most)
        ),
    }


def explained(question: Callable[[], object]) -> str:
    """The plan of the last statement that it sends."""
    sent: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        sent.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        question()
    sql, parameters = sent[-1]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF) {sql}", parameters)
        return "\n".join(line for (line,) in cursor.fetchall())


if __name__ == "__main__":
    print(json.dumps(plans()))
