"""One community of the demo, made from its files."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from communities.demo.people import people
from communities.demo.planting import plant
from communities.demo.threads import read_places
from communities.models import Post, PostLink, Revision, Suggestion

pytestmark = pytest.mark.django_db


def test_same_moment_gives_same_community() -> None:
    now = timezone.now()
    assert _planted(now) == _planted(now)


def test_earlier_texts_and_suggestions_are_planted_with_their_times() -> None:
    now = timezone.now()
    place = next(place for place in read_places() if place.slug == "algebra")
    plant(place, people(now), now)
    post = Post.objects.get(title__startswith="Why does the sign of the second term flip")
    first, second = Revision.objects.of(post).reverse()
    assert (first.body.endswith("Is it a misprint?"), second.body) == (True, post.body)
    assert first.tags == second.tags == "expressions, brackets, signs"
    assert post.created_at == first.created_at < second.created_at == post.edited_at < now
    suggestion = Suggestion.objects.get()
    assert (suggestion.author.username, suggestion.base) == ("pavel", Revision.objects.of(suggestion.content).get())
    assert suggestion.body != suggestion.content.body
    assert suggestion.content.created_at < suggestion.created_at < now


def test_posts_lead_to_what_was_asked_before_and_to_related_ones() -> None:
    now = timezone.now()
    place = next(place for place in read_places() if place.slug == "python")
    plant(place, people(now), now)
    first = "My function remembers the items from the previous call"
    assert [*PostLink.objects.order_by("kind").values_list("post__title", "other__title", "kind")] == [
        ("dataclass: mutable default <class 'list'> for field steps is not allowed", first, "duplicate"),
        ("Changing one cell of my grid changes the whole column", first, "related"),
    ]


def _planted(now: datetime) -> list[tuple[Any, ...]]:
    place = next(place for place in read_places() if place.slug == "reading-room")
    with transaction.atomic():
        rows = plant(place, people(now), now)
        texts = [(text.author.username, text.created_at, text.html) for text in (*rows.posts, *rows.answers)]
        votes = [(vote.voter.username, vote.value, vote.created_at) for vote in rows.votes]
        transaction.set_rollback(True)
    return [*texts, *votes]
