"""One community with its people: Otto owns it, Ada asks, Bob answers; Mina and Eve are outside."""

from collections.abc import Iterator

import pytest
from django.dispatch import Signal

from accounts.models import User
from communities import signals
from communities.models import Answer, Community, Post, Visibility
from tests.factories import make_answer, make_community, make_post


@pytest.fixture
def algebra(otto: User, ada: User, bob: User) -> Community:
    return make_community(otto, ada, bob)


@pytest.fixture
def closed(otto: User, ada: User, bob: User) -> Community:
    """Private, with the same people."""
    return make_community(otto, ada, bob, name="Study group", visibility=Visibility.PRIVATE)


@pytest.fixture
def question(ada: User, algebra: Community) -> Post:
    return make_post(ada, algebra)


@pytest.fixture
def answer(bob: User, question: Post) -> Answer:
    return make_answer(bob, question)


@pytest.fixture
def heard() -> Iterator[list[tuple[str, dict[str, object]]]]:
    """Every fact that is announced while the test runs, as (name, arguments)."""
    facts: list[tuple[str, dict[str, object]]] = []
    listeners = []
    for name, signal in vars(signals).items():
        if isinstance(signal, Signal):

            def listen(sender: object, name: str = name, **given: object) -> None:
                given.pop("signal")
                facts.append((name, given))

            signal.connect(listen, weak=False)
            listeners.append((signal, listen))
    yield facts
    for signal, listener in listeners:
        signal.disconnect(listener)
