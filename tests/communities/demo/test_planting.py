"""One community of the demo, made from its files."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from communities.demo.people import people
from communities.demo.planting import plant
from communities.demo.threads import read_places

pytestmark = pytest.mark.django_db


def test_same_moment_gives_same_community() -> None:
    now = timezone.now()
    assert _planted(now) == _planted(now)


def _planted(now: datetime) -> list[tuple[Any, ...]]:
    place = next(place for place in read_places() if place.slug == "reading-room")
    with transaction.atomic():
        rows = plant(place, people(now), now)
        texts = [(text.author.username, text.created_at, text.html) for text in (*rows.posts, *rows.answers)]
        votes = [(vote.voter.username, vote.value, vote.created_at) for vote in rows.votes]
        transaction.set_rollback(True)
    return [*texts, *votes]
