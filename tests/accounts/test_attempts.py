"""Writes that a program sends again with the same key are done once."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import Attempt, Scope
from accounts.tasks import forget_ended_sessions
from accounts.tokens import make_token
from ai_assist.models import Document, Folder
from tests.ai_assist.api.problem import is_problem

FOLDERS = "/api/v1/folders"
DOCUMENTS = "/api/v1/documents"
OTHER = "Something else was sent with this Idempotency-Key before. Take another one."
AT_WORK = "The same is being done already. Ask again in a moment."


@pytest.fixture
def ada_sends(ada):
    return sender(ada)


def sender(member):
    headers = {"Authorization": f"Bearer {make_token(by=member, name='Bot', scope=Scope.WRITE, days=7)[1]}"}

    def send(key, address=FOLDERS, **body):
        given = headers | {"Idempotency-Key": key}
        return Client().post(address, body, content_type="application/json", headers=given)

    return send


def test_same_again_is_done_once_and_answered_the_same(ada_sends):
    first, again = (ada_sends("k-1", name="Walks") for _ in range(2))
    assert (first.status_code, first.content, first["Content-Type"]) == (201, again.content, again["Content-Type"])
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert "Idempotency-Replayed" not in first.headers
    assert [folder.name for folder in Folder.objects.all()] == ["Walks"]


def test_something_else_with_the_same_key_is_refused(ada_sends):
    ada_sends("k-1", name="Walks")
    assert is_problem(ada_sends("k-1", name="Hills"), 422, OTHER)
    assert ada_sends("k-2", name="Hills").status_code == 201
    assert Folder.objects.count() == 2


def test_key_is_of_one_member_and_one_path(ada_sends, bob):
    ada_sends("k-1", name="Walks")
    assert sender(bob)("k-1", name="Hills").status_code == 201
    asked = ada_sends("k-1", "/api/v1/conversations", question="Why?")
    assert (asked.status_code, Attempt.objects.count()) == (201, 3)


def test_method_that_is_not_taken_is_told_so_whatever_the_key(ada_sends, client_of, ada):
    ada_sends("k-1", name="Walks")
    refused = client_of(ada).delete(FOLDERS, headers={"Idempotency-Key": "k-1"})
    assert is_problem(refused, 405, "This address takes GET, POST.")
    assert [attempt.path for attempt in Attempt.objects.all()] == [f"POST {FOLDERS}"]


def test_what_was_refused_may_be_sent_again(ada_sends):
    assert ada_sends("k-1", name=" ").status_code == 422
    assert (ada_sends("k-1", name="Walks").status_code, Attempt.objects.count()) == (201, 1)


def test_second_one_meanwhile_is_told_so_until_the_first_is_lost(ada_sends):
    ada_sends("k-1", name="Walks")
    Attempt.objects.update(status=None)
    assert is_problem(ada_sends("k-1", name="Walks"), 409, AT_WORK)
    Attempt.objects.update(began_at=timezone.now() - timedelta(minutes=3))
    Folder.objects.all().delete()
    assert ada_sends("k-1", name="Walks").status_code == 201


def test_answers_are_kept_for_a_day(ada_sends):
    ada_sends("k-1", name="Walks")
    ada_sends("k-2", name="Hills")
    Attempt.objects.filter(key="k-1").update(began_at=timezone.now() - timedelta(hours=25))
    assert ada_sends("k-1", name="Moors").status_code == 201
    Attempt.objects.filter(key="k-1").update(began_at=timezone.now() - timedelta(hours=25))
    forget_ended_sessions()
    assert [attempt.key for attempt in Attempt.objects.all()] == ["k-2"]


@pytest.mark.parametrize("key", ["", "k" * 201, "\x7f"])
def test_key_that_is_none_is_refused(ada_sends, key):
    assert is_problem(ada_sends(key, name="Walks"), 422, "An Idempotency-Key has from 1 to 200 characters.")
    assert Folder.objects.count() == 0


def test_files_are_compared_and_arrive(ada, client_of):
    browser = client_of(ada)

    def add(content):
        file = SimpleUploadedFile("cairns.md", content)
        return browser.post(DOCUMENTS, {"file": file}, headers={"Idempotency-Key": "k-1"})

    first, again = (add(b"A pile of stones.") for _ in range(2))
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert is_problem(add(b"Another pile."), 422, OTHER)
    assert Document.objects.get().bytes == len(b"A pile of stones.")


def test_reading_and_strangers_keep_nothing(ada, client_of, client):
    key = {"Idempotency-Key": "k-1"}
    assert client_of(ada).get(FOLDERS, headers=key).status_code == 200
    assert is_problem(client.post(FOLDERS, {"name": "x"}, "application/json", headers=key), 401, "Sign in first.")
    assert Attempt.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_several_at_once_are_done_once(ada_sends):
    ready, statuses = threading.Barrier(4), []

    def send():
        ready.wait(timeout=10)
        statuses.append(ada_sends("k-1", name="Walks").status_code)
        connection.close()

    programs = [threading.Thread(target=send) for _ in range(4)]
    for thread in programs:
        thread.start()
    for thread in programs:
        thread.join(timeout=20)
    assert (Folder.objects.count(), 201 in statuses, set(statuses) - {201, 409}) == (1, True, set())
