"""What is new in kept lists comes to their owners' inboxes: once a day, and only what they may see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities import rules
from communities.actions.community import leave_community
from communities.actions.posting import delete_post
from communities.actions.saving import delete_list, hear_of_list, save_list, tell_of_list
from communities.models import Answer, Community, Post, SavedList, Visibility
from communities.tasks import tell_of_lists
from notifications.models import Notification
from tests.factories import make_answer, make_community, make_post, make_tag

SOME = {f"Where does sign {n} go?": 2 + n for n in range(3)}
"""Titles of posts, and how many hours old they are."""


def heard(person) -> list[str]:
    return list(Notification.objects.of(person).filter(title__startswith="New in").values_list("title", flat=True))


def wanted(person, address: str, name: str = "Mine") -> SavedList:
    """A list of which they were told two days ago."""
    saved = save_list(by=person, name=name, address=address)
    hear_of_list(saved, by=person, is_wanted=True)
    SavedList.objects.filter(pk=saved.pk).update(news_since=timezone.now() - timedelta(days=2))
    return saved


def written(content: Post | Answer, hours: int) -> Post | Answer:
    """So long ago."""
    type(content).objects.filter(pk=content.pk).update(created_at=timezone.now() - timedelta(hours=hours))
    return content


@pytest.fixture
def posts(otto, algebra) -> list[Post]:
    """By somebody else; the first carries a tag and has an answer."""
    make_tag(algebra, "signs")
    made = [
        make_post(otto, algebra, title=title, tags=["signs"] if hours == 2 else []) for title, hours in SOME.items()
    ]
    for post, hours in zip(made, SOME.values(), strict=True):
        written(post, hours)
    written(make_answer(otto, made[0], body="Every sign goes where the rule of the wheel says."), 1)
    return made


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/feed/?show=newest", 3),
        ("/feed/?show=hot", 0),
        ("/c/algebra/", 3),
        ("/c/algebra/?show=unanswered", 3),
        ("/c/algebra/tags/signs/", 1),
        ("/c/algebra/tags/nothing/", 0),
        ("/c/nowhere/", 0),
        ("/search/?q=sign", 3),
        ("/search/?q=sign+-tag%3Asigns&order=relevance", 2),
        ("/c/algebra/search/?q=is%3Aanswer+wheel", 1),
        ("/c/algebra/search/?q=score%3Amany", 0),
        ("/gone/", 0),
    ],
)
def test_owner_hears_once_how_much_is_new_in_the_list(ada, posts, address, count):
    saved = wanted(ada, address)
    for _ in range(2):
        tell_of_lists()
        tell_of_list(saved.pk)
    assert heard(ada) == [f"New in your list “Mine”: {count}"] * bool(count)


def test_what_was_told_is_not_new_the_next_day(ada, otto, algebra, posts):
    saved = wanted(ada, "/c/algebra/")
    tell_of_lists()
    tomorrow = {"news_since": timezone.now() - timedelta(hours=21)}
    make_post(otto, algebra, title="Is this published just now?")
    SavedList.objects.filter(pk=saved.pk).update(**tomorrow)
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(created_at=timezone.now() - timedelta(hours=22))
    tell_of_lists()
    assert heard(ada) == ["New in your list “Mine”: 3"]


def test_own_deleted_and_old_posts_are_no_news(ada, otto, algebra, posts):
    written(make_post(ada, algebra, title="What did I ask myself?"), 1)
    delete_post(posts[0], by=otto)
    written(posts[1], 49)
    wanted(ada, "/c/algebra/?show=newest")
    tell_of_lists()
    assert heard(ada) == ["New in your list “Mine”: 1"]


@pytest.mark.parametrize("address", ["/c/study-group/", "/feed/?show=newest", "/search/?q=secret"])
def test_of_what_one_may_no_longer_see_nothing_is_told(bob, otto, closed, address):
    written(make_post(otto, closed, title="What is the secret here?"), 1)
    wanted(bob, address)
    leave_community(closed, by=bob)
    tell_of_lists()
    assert heard(bob) == []


def test_of_a_community_that_became_private_strangers_hear_nothing(eve, otto, algebra, posts):
    wanted(eve, "/c/algebra/?show=newest")
    wanted(eve, "/search/?q=sign", name="Signs")
    Community.objects.update(visibility=Visibility.PRIVATE)
    tell_of_lists()
    assert heard(eve) == []


def test_who_wants_to_hear_no_more_hears_nothing_and_begins_anew(ada, posts):
    saved = wanted(ada, "/c/algebra/")
    hear_of_list(saved, by=ada, is_wanted=True)
    assert SavedList.objects.with_news_due().get() == saved
    hear_of_list(saved, by=ada, is_wanted=False)
    tell_of_lists()
    hear_of_list(saved, by=ada, is_wanted=True)
    tell_of_lists()
    assert heard(ada) == []


def test_closed_account_hears_nothing(ada, posts):
    wanted(ada, "/c/algebra/")
    ada.is_active = False
    ada.save()
    assert not SavedList.objects.with_news_due().exists()


def test_count_has_a_bound(ada, posts, monkeypatch):
    monkeypatch.setattr(rules, "LIST_NEWS_MAX", 3)
    wanted(ada, "/c/algebra/")
    tell_of_lists()
    assert heard(ada) == ["New in your list “Mine”: 2+"]


def test_deleted_list_takes_its_notices_along(ada, bob, otto, posts):
    elsewhere = make_community(otto, ada, name="Elsewhere")
    written(make_post(otto, elsewhere), 1)
    first, second = wanted(ada, "/c/algebra/"), wanted(ada, "/c/elsewhere/", name="Other")
    tell_of_lists()
    delete_list(first, by=bob)
    assert len(heard(ada)) == 2
    delete_list(first, by=ada)
    assert (heard(ada), SavedList.objects.get()) == (["New in your list “Other”: 1"], second)
