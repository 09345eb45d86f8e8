"""The load for measuring: as large as wanted, consistent, the same every time."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, F, OuterRef, Q

from accounts.models import User
from communities.counts import OF_ANSWERS, recount_answers, recount_community, with_drifted_votes
from communities.models import (
    Answer,
    Comment,
    Community,
    Membership,
    Post,
    PostTag,
    SearchDocument,
    Tag,
    Vote,
    VoteChange,
)
from communities.searching.documents import write_documents
from tests.communities.scale.structure import structure
from tests.factories import make_community, make_post, make_user

POSTS = 2_000


@pytest.fixture(scope="module")
def load(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """What was printed; the rows are there for every test that asks for it."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = structure()
        out = StringIO()
        call_command("seed_scale", posts=POSTS, stdout=out)
        assert structure() == before
        yield out.getvalue()
        transaction.set_rollback(True)
    with django_db_blocker.unblock():
        connection.close()


@pytest.mark.django_db
def test_load_has_the_wanted_size_and_shape(load: str) -> None:
    assert Post.objects.count() == POSTS
    assert User.objects.count() == POSTS / 20
    assert 2.7 < Answer.objects.count() / POSTS < 3.3
    assert 4.5 < Vote.objects.count() / POSTS < 5.5
    assert Comment.objects.count() > POSTS / 2
    sizes = sorted(Community.objects.values_list("post_count", flat=True), reverse=True)
    assert sizes[0] >= 0.4 * POSTS
    assert sizes[len(sizes) // 2] < 0.01 * POSTS
    assert Post.objects.values("title").distinct().count() > POSTS / 4


@pytest.mark.django_db
def test_load_names_posts_with_three_and_with_thirty_answers(load: str) -> None:
    largest = Community.objects.order_by("-post_count").first()
    for count, line in zip((3, 30), load.splitlines()[1:], strict=True):
        number = int(line.split("post ")[1].split(",")[0])
        post = Post.objects.get(pk=number)
        assert (post.answer_count, post.answers.count(), post.community) == (count, count, largest)
        assert line.endswith(post.get_absolute_url())
        assert all(len(html) > 100 for html in post.answers.values_list("html", flat=True))


@pytest.mark.django_db
def test_counts_equal_a_recount(load: str) -> None:
    assert list(with_drifted_votes(Post)) + list(with_drifted_votes(Answer)) == []
    for post in Post.objects.filter(Q(answer_count__gt=8) | Q(accepted_at__isnull=False) | Q(is_answered=False))[:300]:
        before = [getattr(post, column) for column in OF_ANSWERS]
        recount_answers(post)
        assert [getattr(post, column) for column in OF_ANSWERS] == before
    for community in Community.objects.all():
        counts = (community.member_count, community.post_count)
        recount_community(community)
        assert (community.member_count, community.post_count) == counts


@pytest.mark.django_db
def test_posts_carry_tags_of_their_community(load: str) -> None:
    counts = list(Post.objects.annotate(tags=Count("tagged")).values_list("tags", flat=True))
    assert (min(counts), max(counts)) == (1, 5)
    assert set(Community.objects.annotate(number=Count("tags")).values_list("number", flat=True)) == {30}
    assert not PostTag.objects.exclude(tag__community=F("post__community"), posted_at=F("post__created_at")).exists()
    assert not PostTag.objects.filter(tag__approved_at=None).exists()
    recounted = Tag.objects.annotate(on_posts=Count("tagged"))
    assert not recounted.exclude(post_count=F("on_posts")).exists()
    assert (
        recounted.filter(community__slug="study-circle-1").first().get_absolute_url()
        == "/c/study-circle-1/tags/recursive-function/"
    )


@pytest.mark.django_db
def test_load_breaks_no_rule_of_the_actions(load: str) -> None:
    assert not Post.objects.exclude(author__in=_members("community")).exists()
    assert not Answer.objects.exclude(author__in=_members("post__community")).exists()
    assert not Comment.objects.exclude(author__in=_members("post__community")).exists()
    assert not Vote.objects.exclude(voter__in=_members("post__community")).exists()
    assert not Vote.objects.filter(answer=None, voter=F("post__author")).exists()
    assert not Vote.objects.filter(voter=F("answer__author")).exists()
    assert not Vote.objects.exclude(Q(answer=None) | Q(answer__post=F("post"))).exists()
    assert not Answer.objects.filter(Q(created_at__lt=F("post__created_at")) | Q(author=F("post__author"))).exists()
    assert not Answer.objects.filter(accepted_at__isnull=False).exclude(accepted_by=F("post__author")).exists()
    assert not VoteChange.objects.exclude(value=F("vote__value"), at=F("vote__created_at")).exists()
    assert VoteChange.objects.count() == Vote.objects.count()


def _members(community: str) -> Any:
    return Membership.objects.filter(community=OuterRef(community)).values("user")


@pytest.mark.django_db
def test_members_can_go_on_where_the_load_ends(load: str) -> None:
    owner = make_user("olga")
    post = make_post(owner, make_community(owner))
    assert post.pk == POSTS + 1


@pytest.mark.django_db
def test_second_load_is_refused(load: str) -> None:
    with pytest.raises(CommandError, match="The load is there already"):
        call_command("seed_scale", posts=10)
    assert Post.objects.count() == POSTS


@pytest.mark.django_db
def test_documents_hold_the_words_of_a_rebuild(load: str) -> None:
    """Places differ: the pool is split into words before the texts stand one after the other."""

    def weighed() -> dict[int, tuple[str, str]]:
        weights = SearchDocument.objects.extra(
            select={"bare": "strip(words)", "heavy": "strip(ts_filter(words, '{a,b}'))"}
        )
        return {document.pk: (document.bare, document.heavy) for document in weights}

    before = weighed()
    assert len(before) == POSTS
    write_documents(Post.objects.values_list("pk", flat=True)[:200])
    assert weighed() == before
