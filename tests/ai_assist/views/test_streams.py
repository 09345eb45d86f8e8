"""Answers as they come, over the real Redis: from the beginning, after a lost connection, and when Redis is away."""

import socket
import threading
import time
from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection
from django.test import AsyncClient
from django.utils import timezone

from ai_assist import rules, streaming
from ai_assist.actions.asking import begin_conversation
from ai_assist.models import Message
from ai_assist.reach import Chosen
from net.breaker import Breaker

BEGIN, TEXT, DONE = streaming.BEGIN, streaming.TEXT, streaming.DONE


@pytest.fixture
def asked(ada) -> Message:
    return begin_conversation(Chosen(), by=ada, question="How tall is the highest cairn?")


@pytest.fixture
def without_redis(settings, monkeypatch):
    monkeypatch.setattr(streaming, "_breaker", Breaker())
    streaming._server.cache_clear()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.REDIS_URL = f"redis://127.0.0.1:{taken.getsockname()[1]}"
    yield
    streaming._server.cache_clear()


def listen(person, message, **headers):
    """Each event as id, kind and text; and what else came."""

    async def read():
        browser = AsyncClient()
        if person:
            await browser.aforce_login(person)
        response = await browser.get(f"/streams/answers/{message.uuid}/", headers=headers)
        if not response.streaming:
            return response
        return b"".join([part async for part in response.streaming_content]).decode()

    got = async_to_sync(read)()
    if not isinstance(got, str):
        return got
    fields = [dict(line.split(": ", 1) for line in block.splitlines()) for block in got.split("\n\n") if block]
    return [(field.get("event", ""), field.get("data", "")) for field in fields if "id" in field]


def ids(message) -> list[str]:
    return [key.decode() for key, _ in streaming._server().xrange(streaming._key(message.uuid))]


def test_stream_gives_all_there_is_and_ends_with_done(ada, asked):
    for kind, text in ((BEGIN, ""), (TEXT, "4 metres"), (TEXT, " tall"), (DONE, "")):
        streaming.append(asked.uuid, kind, text)
    assert listen(ada, asked) == [(BEGIN, ""), (TEXT, "4 metres"), (TEXT, " tall"), (DONE, "")]


def test_stream_goes_on_after_the_last_event_that_was_seen(ada, asked):
    for text in ("one", "two", "three"):
        streaming.append(asked.uuid, TEXT, text)
    streaming.append(asked.uuid, DONE)
    second = ids(asked)[1]
    assert listen(ada, asked, **{"Last-Event-ID": second}) == [(TEXT, "three"), (DONE, "")]
    assert len(listen(ada, asked, **{"Last-Event-ID": "1-0 or else"})) == 4


def test_stream_brings_what_is_written_while_somebody_listens(ada, asked):
    def write():
        for text in ("soon", "later"):
            time.sleep(0.1)
            streaming.append(asked.uuid, TEXT, text)
        streaming.append(asked.uuid, DONE)

    writer = threading.Thread(target=write)
    writer.start()
    assert listen(ada, asked) == [(TEXT, "soon"), (TEXT, "later"), (DONE, "")]
    writer.join()


def test_stream_of_an_answer_that_is_there_repeats_nothing(ada, asked):
    streaming.append(asked.uuid, TEXT, "4 metres")
    Message.objects.update(state="done", done_at=timezone.now())
    assert listen(ada, asked) == [(DONE, "")]


@pytest.mark.django_db(transaction=True)
def test_stream_without_its_end_hears_of_the_end_from_the_row(ada, asked, monkeypatch):
    monkeypatch.setattr(rules, "STREAM_HEARTBEAT", timedelta(milliseconds=50))
    ended = threading.Timer(0.2, lambda: end(asked))
    ended.start()
    assert listen(ada, asked) == [(DONE, "")]
    ended.join()


def end(message):
    try:
        Message.objects.filter(pk=message.pk).update(state="done", done_at=timezone.now())
    finally:
        connection.close()


def test_stream_ends_by_itself_after_a_while(ada, asked, monkeypatch):
    monkeypatch.setattr(rules, "STREAM_HEARTBEAT", timedelta(milliseconds=20))
    monkeypatch.setattr(rules, "STREAM_LONGEST", timedelta(milliseconds=100))
    assert listen(ada, asked) == []


def test_stream_of_others_is_404_and_strangers_sign_in(asked, eve):
    assert listen(eve, asked).status_code == 404
    assert listen(None, asked)["Location"].startswith("/accounts/login/?next=/streams/answers/")


@pytest.mark.django_db(transaction=True)
def test_stream_holds_no_connection_to_the_database(ada, asked):
    async def held():
        browser = AsyncClient()
        await browser.aforce_login(ada)
        response = await browser.get(f"/streams/answers/{asked.uuid}/")
        is_open = await sync_to_async(lambda: connection.connection is not None)()
        streaming.append(asked.uuid, DONE)
        return is_open, [part async for part in response.streaming_content]

    is_open, parts = async_to_sync(held)()
    assert is_open is False
    assert parts[-1].decode().splitlines()[1] == "event: done"


def test_stream_under_wsgi_says_that_there_is_none(ada, asked, client_of):
    assert client_of(ada).get(f"/streams/answers/{asked.uuid}/").status_code == 204


def test_redis_away_costs_the_stream_and_nothing_else(ada, asked, without_redis, caplog):
    for word in ("lost", "and", "then", "not", "waited", "for"):
        streaming.append(asked.uuid, TEXT, word)
    assert len([record for record in caplog.records if record.name == "ai_assist.streaming"]) == 3
    assert listen(ada, asked) == []


def wait(person, message):
    async def ask():
        browser = AsyncClient()
        await browser.aforce_login(person)
        return await browser.get(f"/streams/answers/{message.uuid}/wait/")

    return async_to_sync(ask)()


def test_wait_leads_to_the_answer_as_soon_as_it_is_there(ada, asked):
    writer = threading.Timer(0.2, lambda: streaming.append(asked.uuid, DONE))
    started = time.monotonic()
    writer.start()
    assert wait(ada, asked)["Location"] == asked.get_absolute_url()
    assert 0.2 <= time.monotonic() - started < rules.WAIT_LONGEST.total_seconds()


def test_wait_leads_back_after_a_while(ada, asked, eve, monkeypatch):
    monkeypatch.setattr(rules, "WAIT_LONGEST", timedelta(milliseconds=50))
    assert wait(ada, asked)["Location"] == asked.get_absolute_url()
    assert wait(eve, asked).status_code == 404
