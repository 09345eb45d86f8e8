"""What every test may ask for: people, browsers without scripts, and real mail, cache and files of its own."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from celery.contrib.testing.worker import start_worker
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, TransactionTestCase
from redis import Redis

from accounts.models import User
from config.celery import app
from tests.factories import make_user
from tests.listening import Listening, listening

KEPT = {"django_content_type", "auth_permission"}
"""Tables that are filled by the migrations and by nobody else."""


def pytest_collection_finish() -> None:
    """What is loaded by now stays; looking through it for garbage again and again took a tenth of a run."""
    gc.freeze()


@pytest.fixture(autouse=True)
def real_mail(settings, tmp_path: Path) -> Path:
    """Mail goes through the outbox as in production; the transport writes files into the folder this returns."""
    folder = tmp_path / "mail"
    settings.MAILERS = {
        "default": {"BACKEND": "outbox.mail.QueueBackend"},
        "transport": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(folder)},
        },
    }
    return folder


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def static_files_when_asked_for(settings) -> None:
    """Else each client lists all of them before its first request, which takes longer than most pages."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session", autouse=True)
def tables_emptied_by_rows() -> None:
    """After a test without a transaction of its own, what `flush` would do in ten times the time.

    That one makes the files of all tables anew, and writes down once more which tables and permissions there are.
    """

    def empty(test_case: TransactionTestCase) -> None:
        names = sorted(set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT)
        tables = [connection.ops.quote_name(name) for name in names]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {', '.join(tables)}")  # whoever still writes ends first
            cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger keeps a row
            cursor.execute(" UNION ALL ".join(f"(SELECT '{table}' FROM {table} LIMIT 1)" for table in tables))
            for (table,) in cursor.fetchall():
                cursor.execute(f"DELETE FROM {table}")

    TransactionTestCase._fixture_teardown = empty


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Redis]:
    with Redis.from_url(os.environ["REDIS_URL"]) as server:
        yield server


@pytest.fixture(autouse=True)
def empty_cache(settings, redis_server: Redis) -> None:
    """No test finds the rate limits of another; other workers' keys stay."""
    for key in redis_server.scan_iter(match=f"{settings.REDIS_PREFIX}:*", count=1000):
        redis_server.delete(key)


@pytest.fixture
def worker(transactional_db) -> Iterator[Callable[[], object]]:
    """`with worker():` a real worker takes tasks from all queues, which are empty before."""
    queues = [app.conf.task_default_queue, *{route["queue"] for route in app.conf.task_routes.values()}]

    @contextmanager
    def work() -> Iterator[None]:
        with start_worker(app, pool="solo", queues=queues, perform_ping_check=False, shutdown_timeout=20):
            yield

    def purge() -> None:
        with app.connection_for_write() as connection:
            for queue in queues:
                connection.default_channel.queue_purge(queue)

    purge()
    yield work
    purge()


@pytest.fixture
def near(settings) -> None:
    """What Cairn sends may come to this machine."""
    settings.REACHES_LOOPBACK = True


@pytest.fixture
def listener() -> Iterator[Listening]:
    """A program of somebody else."""
    with listening() as server:
        yield server


@pytest.fixture
def client_of() -> Callable[[User | None], Client]:
    """A browser in which this person is signed in; None is a stranger."""

    def open_browser(person: User | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return open_browser


@pytest.fixture
def read() -> Callable[[HttpResponse], BeautifulSoup]:
    """A response as a document."""
    return lambda response: BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def ada(db) -> User:
    """Asks."""
    return make_user("ada", name="Ada")


@pytest.fixture
def bob(db) -> User:
    """Answers."""
    return make_user("bob", name="Bob")


@pytest.fixture
def mina(db) -> User:
    """Mentors."""
    return make_user("mina", name="Mina")


@pytest.fixture
def otto(db) -> User:
    """Moderates."""
    return make_user("otto", name="Otto")


@pytest.fixture
def eve(db) -> User:
    """Has no rights."""
    return make_user("eve", name="Eve")
