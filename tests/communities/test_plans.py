"""No list of a community reads posts of another one: each stands in an index that begins with the community."""

import pytest
from django.db import connection

from communities.keyset import keyset_page
from communities.models import Post
from communities.models.content import NOT_DELETED
from communities.tabs import ORDERS, Tab, of_tab

INDEXES = {
    Tab.NEEDS_YOU: "post_unanswered",
    Tab.NEWEST: "post_feed",
    Tab.ACTIVE: "post_active",
    Tab.HOT: "post_hot",
    Tab.UNANSWERED: "post_unanswered",
}


@pytest.mark.parametrize("tab", Tab)
def test_each_tab_is_read_from_its_own_index(ada, algebra, tab):
    """Few rows are read fastest as a whole table; forbidden that, PostgreSQL shows which index answers."""
    plans = []

    def explain(execute, sql, parameters, many, context):
        with connection.cursor() as cursor:
            cursor.cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.cursor.execute("SET LOCAL enable_sort = off")
            cursor.cursor.execute(f"EXPLAIN (COSTS OFF) {sql}", parameters)
            plans.append("\n".join(line for (line,) in cursor.cursor.fetchall()))
        return execute(sql, parameters, many, context)

    posts = Post.objects.filter(NOT_DELETED, community=algebra)
    with connection.execute_wrapper(explain):
        keyset_page(ORDERS[tab], "", 30, of_tab(posts, tab, ada))
    assert f"using {INDEXES[tab]} on communities_post" in plans[0]
    assert "Sort" not in plans[0]
