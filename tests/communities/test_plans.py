"""No list or search of a community reads posts of another one: each has an index that begins with the community."""

from collections.abc import Callable

import pytest
from django.db import connection

from communities.keyset import keyset_page, newest_of_tag
from communities.models import Answer, Comment, Post, Revision
from communities.models.content import NAMES_PICTURES, NOT_DELETED
from communities.searching.candidates import Wanted, newest
from communities.tabs import ORDERS, Tab, of_tab
from tests.factories import make_community, make_post, make_tag

INDEXES = {
    Tab.NEEDS_YOU: "post_unanswered",
    Tab.NEWEST: "post_feed",
    Tab.ACTIVE: "post_active",
    Tab.HOT: "post_hot",
    Tab.UNANSWERED: "post_unanswered",
}


def plans(question: Callable[[], object]) -> list[str]:
    """Few rows are read fastest as a whole table; forbidden that, PostgreSQL shows which index answers."""
    found = []

    def explain(execute, sql, parameters, many, context):
        if "SAVEPOINT" in sql:
            return execute(sql, parameters, many, context)
        with connection.cursor() as cursor:
            cursor.cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.cursor.execute("SET LOCAL enable_sort = off")
            cursor.cursor.execute(f"EXPLAIN (COSTS OFF) {sql}", parameters)
            found.append("\n".join(line for (line,) in cursor.cursor.fetchall()))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(explain):
        question()
    return found


@pytest.mark.parametrize("tab", Tab)
def test_each_tab_is_read_from_its_own_index(ada, algebra, tab):
    posts = Post.objects.filter(NOT_DELETED, community=algebra)
    (plan,) = plans(lambda: keyset_page(ORDERS[tab], "", 30, of_tab(posts, tab, ada)))
    assert f"using {INDEXES[tab]} on communities_post" in plan
    assert "Sort" not in plan


def test_page_of_a_tag_is_read_from_the_index_of_the_tag(ada, algebra):
    signs = make_tag(algebra, "Signs")
    posts = [make_post(ada, algebra, title=f"Question number {n} of two", tags=["signs"]) for n in range(2)]
    first = newest_of_tag(signs, "", 1)
    (plan,) = plans(lambda: newest_of_tag(signs, first.next_cursor, 1))
    assert first.posts == posts[1:]
    assert "using tag_feed on communities_posttag" in plan
    assert "Sort" not in plan


@pytest.fixture
def many_elsewhere(bob) -> None:
    """Posts of another community, and PostgreSQL knows of them: else chance decides whether it has statistics."""
    elsewhere = make_community(bob, name="Elsewhere")
    Post.objects.bulk_create(
        [
            Post(community=elsewhere, author=bob, title=f"Question {n}", body="word", markup_version=1)
            for n in range(500)
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO communities_searchdocument (post_id, community_id, title_words, words)
            SELECT id, community_id, '', 'word' FROM communities_post WHERE community_id = %s
            """,
            [elsewhere.pk],
        )
        cursor.execute("ANALYZE communities_searchdocument, communities_post")


@pytest.mark.parametrize(
    ("posts", "index"),
    [
        (None, "using document_newest on communities_searchdocument"),
        (Post.objects.filter(score__gte=5), "using post_feed on communities_post"),
    ],
    ids=["words", "words and operators"],
)
def test_search_in_a_community_goes_through_its_own_posts(algebra, many_elsewhere, posts, index):
    wanted = Wanted([algebra.pk], post_count=10, query="'word'", posts=posts)
    (plan,) = plans(lambda: newest(wanted, "words", 5))
    assert index in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("texts", [Post, Answer, Comment, Revision])
def test_texts_that_name_a_picture_are_found_by_its_key(db, texts):
    (plan,) = plans(lambda: list(texts.objects.filter(NAMES_PICTURES, body__contains="x" * 22)))
    assert f"Bitmap Index Scan on {texts._meta.model_name}_pictures" in plan
