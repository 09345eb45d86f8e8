"""The demo as a whole: what the command leaves in the database."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Count, F, Q
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from ai_assist.models import Document, Message
from ai_assist.sample import SAMPLE
from communities.counts import OF_ANSWERS, recount_answers, recount_community, recount_tags, with_drifted_votes
from communities.demo import ACCOUNTS, PASSWORD
from communities.models import (
    Answer,
    Bookmark,
    Comment,
    CommentKind,
    Community,
    Draft,
    Follow,
    Membership,
    Picture,
    Post,
    PostKind,
    PostTag,
    SavedList,
    Suggestion,
    Tag,
    Visit,
    Vote,
    VoteChange,
)
from communities.tabs import needing
from notifications.models import Kind, Notification

pytestmark = pytest.mark.django_db
MINE = (User, EmailAddress, Membership, Notification, Visit, Follow, Bookmark, Draft, SavedList)
TEXTS = (Community, Post, Answer, Comment, Vote, VoteChange, Tag, PostTag)
TABLES = MINE + TEXTS
FOLLOWED = ("community", "tag", "person", "post")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What the first run printed; its rows are there for every test of this file."""
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("demo"))
    with files, django_db_blocker.unblock(), transaction.atomic():
        yield _seed()
        transaction.set_rollback(True)
    with django_db_blocker.unblock():
        connection.close()


def _seed() -> str:
    out = StringIO()
    call_command("seed_demo", stdout=out)
    return out.getvalue()


def _everything() -> list[list[tuple[Any, ...]]]:
    return [list(model._base_manager.order_by("pk").values_list()) for model in TABLES]


def test_demo_is_as_large_as_promised(demo: str) -> None:
    sizes = {community.slug: community.post_count for community in Community.objects.all()}
    assert sizes.keys() == {"algebra", "chemistry", "history", "physics", "python", "spanish", "reading-room"}
    assert User.objects.count() == 60
    assert all(count >= 27 for slug, count in sizes.items() if slug != "reading-room")
    assert Post.objects.filter(kind="question", community__visibility="public").count() >= 150
    crowds = Community.objects.exclude(slug="reading-room").values_list("member_count", flat=True)
    assert all(20 <= count <= 40 for count in crowds)
    assert len(demo.splitlines()) == len(sizes) + 1


def test_counts_equal_a_recount(demo: str) -> None:
    assert list(with_drifted_votes(Post)) == []
    assert list(with_drifted_votes(Answer)) == []
    for post in Post.objects.all():
        before = [getattr(post, column) for column in OF_ANSWERS]
        recount_answers(post)
        assert [getattr(post, column) for column in OF_ANSWERS] == before
    for community in Community.objects.all():
        counts = (community.member_count, community.post_count)
        recount_community(community)
        assert (community.member_count, community.post_count) == counts
    uses = list(Tag.objects.order_by("pk").values_list("post_count", flat=True))
    recount_tags(Tag.objects.all())
    assert list(Tag.objects.order_by("pk").values_list("post_count", flat=True)) == uses


def test_public_posts_carry_topics_of_a_tree_that_says_what_it_is_about(demo: str) -> None:
    public = Community.objects.exclude(slug="reading-room")
    on_topic = Post.objects.filter(tagged__tag__is_topic=True, community__in=public).distinct()
    assert on_topic.count() == Post.objects.filter(community__in=public).count()
    for community in public:
        topics = community.tags.topics()
        assert 12 <= topics.count() <= 16
        assert topics.exclude(parent=None).exists()
        assert not topics.filter(Q(wiki="") | Q(post_count=0, children=None)).exists()
        assert community.tags.filter(synonym_of__isnull=False).count() >= 10
    assert not PostTag.objects.filter(tag__synonym_of__isnull=False).exists()
    assert not PostTag.objects.exclude(tag__community=F("post__community")).exists()


def test_otto_finds_a_proposed_tag_in_his_community(demo: str) -> None:
    proposed = Tag.objects.proposed().values_list("community__slug", "slug", "proposed_by__username", "post_count")
    assert list(proposed) == [("physics", "spectrometer", "ravi", 1)]


def test_seeding_again_changes_nothing(demo: str) -> None:
    before = _everything()
    assert _seed() == "The demo is there already; nothing changed.\n"
    assert _everything() == before


def test_everything_happens_in_order_and_by_members(demo: str) -> None:
    for model in (Post, Answer, Comment):
        community = "community" if model is Post else "post__community"
        writers = Q(author__memberships__community=F(community), author__memberships__joined_at__lt=F("created_at"))
        assert model.objects.filter(writers).count() == model.objects.count()
        assert not model.objects.filter(created_at__gt=timezone.now()).exists()
    assert not Answer.objects.filter(created_at__lte=F("post__created_at")).exists()
    assert not Answer.objects.filter(accepted_at__lte=F("created_at")).exists()
    assert not Comment.objects.filter(created_at__lte=F("answer__created_at")).exists()
    assert not Vote.objects.filter(answer=None, voter=F("post__author")).exists()
    assert not Vote.objects.filter(voter=F("answer__author")).exists()
    voters = Q(voter__memberships__community=F("post__community"))
    assert Vote.objects.filter(voters).count() == Vote.objects.count()


def test_every_vote_has_one_change_of_its_value(demo: str) -> None:
    assert VoteChange.objects.count() == Vote.objects.count()
    assert not VoteChange.objects.exclude(value=F("vote__value"), at=F("vote__created_at")).exists()


def test_accounts_can_sign_in_and_otto_is_staff(demo: str) -> None:
    for name in ACCOUNTS:
        user = authenticate(username=name, password=PASSWORD)
        assert user is not None
        address = EmailAddress.objects.get(user=user)
        assert (address.email, address.verified, address.primary) == (f"{name}@example.org", True, True)
    assert list(User.objects.filter(is_superuser=True).values_list("username", flat=True)) == ["otto"]


@pytest.mark.parametrize("name", ACCOUNTS)
def test_each_account_has_something_to_read_and_a_reminder_in_the_inbox(demo: str, name: str) -> None:
    told = Notification.objects.of(User.objects.get(username=name)).unread()
    assert 3 <= told.count() <= 8
    assert told.filter(kind=Kind.REMINDER).count() == 1
    assert list(told.order_by("pk")) == list(told.order_by("created_at"))


@pytest.mark.parametrize("name", ACCOUNTS)
def test_each_account_keeps_something_of_every_sort(demo: str, name: str) -> None:
    person = User.objects.get(username=name)
    assert Bookmark.objects.of(person).exclude(collection="").exclude(note="").exists()
    assert Bookmark.objects.of(person).filter(remind_on__gt=timezone.now(), reminded_at=None).exists()
    followed = Follow.objects.filter(follower=person).aggregate(*(Count(noun) for noun in FOLLOWED))
    assert all(followed.values())
    assert Draft.objects.of(person).exists()
    assert SavedList.objects.of(person).exists()


@pytest.mark.parametrize("name", ACCOUNTS)
def test_each_account_finds_its_lists_and_what_waits_for_it(demo: str, name: str) -> None:
    person = User.objects.get(username=name)
    posts = Post.objects.filter(community__in=Community.objects.with_member(person))
    assert needing(posts, person).exists()
    assert posts.filter(hot__gt=0).count() >= 20
    looked = person.memberships.values_list("looked_at", flat=True)
    assert posts.filter(created_at__gt=min(looked)).exists()


@pytest.mark.parametrize(("slug", "owner"), [("algebra", "mina"), ("physics", "otto")])
def test_owners_find_a_suggestion_and_a_stale_answer(demo: str, slug: str, owner: str) -> None:
    person = User.objects.get(username=owner)
    assert Suggestion.objects.waiting().visible_to(person).filter(post__community__slug=slug).exists()
    assert Answer.objects.filter(post__community__slug=slug, stale_at__isnull=False).exists()


def test_public_communities_have_posts_of_every_kind_and_endorsed_answers(demo: str) -> None:
    for community in Community.objects.exclude(slug="reading-room"):
        assert set(community.posts.values_list("kind", flat=True)) == set(PostKind)
        announced = community.posts.filter(kind=PostKind.ANNOUNCEMENT).values_list("author", flat=True)
        assert list(announced) == [community.created_by_id]
        assert Answer.objects.filter(post__community=community, endorsed_at__isnull=False).exists()
    assert set(Comment.objects.values_list("kind", flat=True)) == set(CommentKind)
    guided = Community.objects.exclude(question_template="").exclude(asking_hints_html="").order_by("slug")
    assert list(guided.values_list("slug", flat=True)) == ["chemistry", "python"]


def test_an_answer_shows_a_picture_that_everybody_may_see(demo: str) -> None:
    picture = Picture.objects.get(used_at__isnull=False)
    shown = Answer.objects.get(html__contains=picture.get_absolute_url())
    assert (shown.author.username, shown.post.community.slug) == ("priya", "algebra")
    assert list(Picture.objects.visible_to(AnonymousUser())) == [picture]


def test_reading_room_is_hidden_from_strangers(demo: str) -> None:
    room = Community.objects.filter(slug="reading-room")
    assert not room.visible_to(AnonymousUser()).exists()
    assert not room.visible_to(User.objects.get(username="bob")).exists()
    assert room.visible_to(User.objects.get(username="ada")).exists()


def test_documents_wait_for_a_worker(demo: str) -> None:
    kept = Document.objects.order_by("pk").values_list("owner__username", "community__slug", "audience", "state")
    assert list(kept) == [
        ("ada", None, "private", "received"),
        ("mina", "algebra", "community", "received"),
        ("otto", "physics", "public", "received"),
    ]


def test_conversation_is_answered_before_anybody_reads_the_document(demo: str, client_of: Any, read: Any) -> None:
    asked = Message.objects.get()
    page = read(client_of(asked.asker).get(asked.conversation.get_absolute_url()))
    assert page.select_one(".source mark").get_text() in SAMPLE.read_text().replace("\n", " ")
