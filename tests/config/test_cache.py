"""Redis refused or silent: pages answer in time, limits still count, nobody is signed out."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from django.contrib.sessions.backends.cached_db import KEY_PREFIX
from django.core.cache import cache, caches

from communities.models import Answer
from config.cache import BreakerRedisCache
from config.local.ports import any_free_port
from net.breaker import FAILURES_BEFORE_BREAK, Breaker
from net.limits import Rate, TooOften, spend
from tests.factories import make_answer, make_community, make_post

DAY = 24 * 3600


@pytest.fixture(autouse=True)
def closed_breaker(monkeypatch) -> Breaker:
    """One of this test's own: what happens to it concerns no other test."""
    breaker = Breaker()
    monkeypatch.setattr(BreakerRedisCache, "breaker", breaker)
    caches["default"].stand_in.clear()  # type: ignore[attr-defined]
    return breaker


@pytest.fixture
def answer(ada, bob) -> Answer:
    return make_answer(bob, make_post(ada, make_community(ada, bob)))


class Silent:
    """Takes connections and never says a word."""

    def __init__(self) -> None:
        self.door = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.port: int = self.door.getsockname()[1]
        self.guests: list[socket.socket] = []
        self.waiter = threading.Thread(target=self._let_in, daemon=True)
        self.waiter.start()

    def _let_in(self) -> None:
        while True:
            try:
                self.guests.append(self.door.accept()[0])
            except OSError:
                return

    def close(self) -> None:
        self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()
        self.waiter.join()
        for guest in self.guests:
            guest.close()


@pytest.fixture
def silent() -> Iterator[Silent]:
    server = Silent()
    yield server
    server.close()


@pytest.fixture
def move_cache(settings):
    """Sends everything that asks the cache to another port."""

    def move(port: int) -> None:
        address = f"redis://127.0.0.1:{port}/0"
        settings.CACHES = {name: given | {"LOCATION": address} for name, given in settings.CACHES.items()}

    return move


@pytest.fixture(params=["refused", "silent"])
def redis_away(request, move_cache, silent) -> None:
    move_cache(silent.port if request.param == "silent" else any_free_port())


def seconds(act) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def test_pages_answer_in_time_and_members_stay_signed_in(ada, answer, client_of, redis_away):
    """Of twenty pages in a row at most one, the first, pays for finding out."""
    browser = client_of(ada)
    address = answer.post.get_absolute_url()
    pages = [address, "/", "/inbox/", "/c/algebra/"]
    spent = []
    for page in pages * 5:
        responses = []
        spent.append(seconds(lambda: responses.append(browser.get(page))))  # noqa: B023
        assert (responses[0].status_code, responses[0].context["user"]) == (200, ada)
    assert sorted(spent)[-2] < 1.5
    assert sum(spent[1:]) < 1.5 * len(spent)


def test_votes_and_answers_are_kept(ada, answer, client_of, redis_away):
    assert client_of(ada).post(f"/answers/{answer.pk}/vote/", {"value": "1"}).status_code == 302
    body = {"body": "A second answer, written while the cache was away."}
    assert client_of(ada).post(f"/posts/{answer.post_id}/answers/", body).status_code == 302
    answer.refresh_from_db()
    assert (answer.up, answer.post.answers.count()) == (1, 2)


def test_limits_still_count(redis_away):
    rate = Rate(2, DAY)
    for _ in range(FAILURES_BEFORE_BREAK):
        cache.get("x")
    spend("test", "ada", rate)
    spend("test", "ada", rate)
    with pytest.raises(TooOften):
        spend("test", "ada", rate)
    spend("test", "bob", rate)


def test_a_command_waits_half_a_second_at_most_and_three_open_the_breaker(move_cache, silent, closed_breaker):
    move_cache(silent.port)
    for _ in range(FAILURES_BEFORE_BREAK):
        assert not closed_breaker.is_open
        assert 0.4 < seconds(lambda: cache.get("x")) < 1.2
    assert closed_breaker.is_open
    knocks = len(silent.guests)
    assert seconds(lambda: [cache.get_many(["x", "y"]) for _ in range(100)]) < 0.4
    assert len(silent.guests) == knocks


def test_sessions_have_no_memory_of_their_own(move_cache):
    """It would outlive a sign-out in another process."""
    move_cache(any_free_port())
    caches["sessions"].set("x", 1, 60)
    cache.set("x", 1, 60)
    assert (caches["sessions"].get("x"), cache.get("x")) == (None, 1)


def test_copy_of_a_session_lives_for_minutes(ada, client_of, redis_server):
    """One that ended while Redis was away is over soon after it is back."""
    browser = client_of(ada)
    assert browser.get("/settings/").status_code == 200
    key = caches["sessions"].make_key(KEY_PREFIX + browser.cookies["sessionid"].value)
    assert 290 <= redis_server.ttl(key) <= 300


def test_after_the_break_redis_is_asked_again(settings, move_cache, closed_breaker, monkeypatch):
    home = settings.CACHES
    cache.set("x", "from Redis", 60)
    monkeypatch.setattr("net.breaker.BREAK_SECONDS", 0.0)
    move_cache(any_free_port())
    for _ in range(FAILURES_BEFORE_BREAK):
        assert cache.get("x") is None
    settings.CACHES = home
    assert (closed_breaker.is_open, cache.get("x")) == (False, "from Redis")


def test_failures_must_be_in_a_row(move_cache, settings, closed_breaker):
    home = settings.CACHES
    for _ in range(FAILURES_BEFORE_BREAK):
        move_cache(any_free_port())
        cache.get("x")
        settings.CACHES = home
        cache.get("x")
    assert not closed_breaker.is_open
