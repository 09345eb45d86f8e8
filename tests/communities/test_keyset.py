"""Pages of a feed: nothing twice, nothing missed, whatever the cursor."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.keyset import ACTIVE, HOT, LONGEST_WAITING, NEWEST, keyset_page
from communities.models import Post
from tests.factories import make_community, make_post


@pytest.fixture
def posts(ada, algebra) -> list[Post]:
    """Seven, newest first; three of them from the same moment."""
    made = [make_post(ada, algebra, title=f"Question number {n} of seven") for n in range(7)]
    now = timezone.now()
    for n, post in enumerate(made):
        Post.objects.filter(pk=post.pk).update(created_at=now - timedelta(hours=0 if n in (2, 3, 4) else 9 - n))
    return list(Post.objects.order_by("-created_at", "-pk"))


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8])
def test_pages_together_are_the_whole_list(posts, size):
    found, cursor = [], ""
    for _ in range(8):
        page = keyset_page(NEWEST, cursor, size, Post.objects.all())
        assert len(page.posts) <= size
        found += page.posts
        cursor = page.next_cursor
        if not cursor:
            break
    assert found == posts


def test_new_posts_do_not_shift_the_next_page(posts, ada, algebra):
    first = keyset_page(NEWEST, "", 3, Post.objects.all())
    make_post(ada, algebra, title="Asked in between the pages")
    assert keyset_page(NEWEST, first.next_cursor, 4, Post.objects.all()).posts == posts[3:]


@pytest.mark.parametrize(
    ("order", "numbers"),
    [(NEWEST, "6543210"), (LONGEST_WAITING, "0123456"), (ACTIVE, "6354210"), (HOT, "0123456")],
    ids=["newest", "longest waiting", "active", "hot"],
)
@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_every_order_and_all_communities_together_turn_page_by_page(ada, algebra, closed, order, numbers, size):
    """Values that are equal are told apart by the id."""
    now = timezone.now()
    for n in range(7):
        post = make_post(ada, (algebra, closed)[n % 2], title=f"Question number {n} of seven")
        active_at = now + timedelta(hours={3: 5, 6: 6}.get(n, n // 2))
        created_at = now - timedelta(hours=9 - n)
        Post.objects.filter(pk=post.pk).update(created_at=created_at, active_at=active_at, hot=7 / (1 + n))
    make_post(ada, make_community(ada, name="Elsewhere"), title="Question number 9 of another place")
    found, cursor = "", ""
    for _ in range(8):
        page = keyset_page(order, cursor, size, Post.objects.all(), communities=[algebra.pk, closed.pk])
        found += "".join(post.title[16] for post in page.posts)
        cursor = page.next_cursor
        if not cursor:
            break
    assert found == numbers


def test_changed_cursor_and_that_of_another_order_give_the_first_page_and_say_so(posts):
    cursor = keyset_page(NEWEST, "", 3, Post.objects.all()).next_cursor
    value = cursor.split(":")[1]
    earlier = cursor.replace(value, str(int(value) - 1))
    for changed in (earlier, cursor[:-1], cursor + "x", cursor.upper(), "x", "~", "\x00"):
        page = keyset_page(NEWEST, changed, 3, Post.objects.all())
        assert (page.posts, page.is_lost) == (posts[:3], True)
    assert keyset_page(ACTIVE, cursor, 3, Post.objects.all()).is_lost
    assert not keyset_page(NEWEST, "", 3, Post.objects.all()).is_lost
