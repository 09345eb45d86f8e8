"""Tables without indexes and foreign keys, and with them again."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from communities.models import Post
from communities.scale.bare import bare
from communities.scale.plan import make_plan
from communities.scale.rows import First, Rows
from communities.scale.texts import make_pool
from tests.communities.scale.structure import structure
from tests.factories import make_community, make_post, make_user

TABLES = ("communities_post", "communities_answer", "communities_vote")


@pytest.mark.django_db
def test_everything_is_back_as_it_was() -> None:
    before = structure()
    with connection.cursor() as cursor:
        with bare(cursor, TABLES):
            during = structure()
        assert structure() == before
    assert len(during) < len(before) - 15


@pytest.mark.django_db
def test_interruption_brings_everything_back() -> None:
    before = structure()
    with pytest.raises(KeyboardInterrupt), transaction.atomic(), connection.cursor() as cursor, bare(cursor, TABLES):
        raise KeyboardInterrupt
    assert structure() == before


@pytest.mark.django_db
def test_rows_that_break_a_promise_do_not_get_through() -> None:
    owner = make_user("olga")
    make_post(owner, make_community(owner))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor, bare(cursor, TABLES):
        Post.objects.update(author_id=0)
    assert Post.objects.get().author == owner


def test_same_number_gives_the_same_lines() -> None:
    assert _lines() == _lines()


def _lines() -> list[list[bytes]]:
    rows = Rows(make_plan(200, now=1_700_000_000), make_pool(), First(1, 1, 1, 1, 1, 1, 1))
    return [list(lines) for lines in (rows.posts(), rows.answers(), rows.comments(), rows.votes(), rows.changes())]


@pytest.mark.django_db
def test_load_outside_a_local_run_is_refused(settings) -> None:
    settings.IS_LOCAL = False
    with pytest.raises(CommandError, match="local run only"):
        call_command("seed_scale", posts=10)
    assert not User.objects.exists()


@pytest.mark.parametrize("amount", ["1", "-5", "many"])
def test_amount_that_is_none_is_one_sentence(amount: str) -> None:
    with pytest.raises(CommandError, match=f"{amount} is not a number of posts from 2 on"):
        call_command("seed_scale", f"--posts={amount}")
