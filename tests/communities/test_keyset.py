"""Pages of a feed: nothing twice, nothing missed, whatever the cursor."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.keyset import newest_page
from communities.models import Post
from tests.factories import make_post


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
        page = newest_page(Post.objects.all(), cursor, size)
        assert len(page.posts) <= size
        found += page.posts
        cursor = page.next_cursor
        if not cursor:
            break
    assert found == posts


def test_new_posts_do_not_shift_the_next_page(posts, ada, algebra):
    first = newest_page(Post.objects.all(), "", 3)
    make_post(ada, algebra, title="Asked in between the pages")
    assert newest_page(Post.objects.all(), first.next_cursor, 4).posts == posts[3:]


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "-",
        "1-",
        "-1",
        "1-x",
        "1--1",
        "²-²",
        "٣-٣",
        "9" * 18 + "-1",
        "1-" + "9" * 19,
        "\x00-1",
        "1-1; DROP TABLE x",
    ],
)
def test_nonsense_gives_the_first_page(posts, cursor):
    assert newest_page(Post.objects.all(), cursor, 3).posts == posts[:3]


@pytest.mark.parametrize("cursor", ["0-0", "00-1"])
def test_before_the_beginning_there_is_nothing(posts, cursor):
    page = newest_page(Post.objects.all(), cursor, 3)
    assert (page.posts, page.next_cursor) == ([], "")


def test_the_largest_cursor_that_is_read_gives_the_first_page(posts):
    assert newest_page(Post.objects.all(), f"{'9' * 17}-{'9' * 18}", 3).posts == posts[:3]
