"""Health: the process answers; what works is said honestly; and without database the pages stay calm."""

import pytest
from django.core.cache import cache

from config.local.ports import any_free_port
from outbox.tasks import WORKER_SEEN_KEY
from tests.config.outside import answer_of


@pytest.fixture
def nobody_listens() -> int:
    """A port that refuses."""
    return any_free_port()


def test_process_says_ok(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_ready_with_database_redis_and_worker(db, client):
    cache.set(WORKER_SEEN_KEY, True, 60)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {"state": "ready", "database": "ok", "redis": "ok", "worker": "ok", "store": "ok"},
    )


def test_degraded_without_a_worker(db, client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {"state": "degraded", "database": "ok", "redis": "ok", "worker": "away", "store": "ok"},
    )


def test_degraded_without_redis(db, client, settings, nobody_listens):
    cache.set(WORKER_SEEN_KEY, True, 60)
    settings.REDIS_URL = f"redis://127.0.0.1:{nobody_listens}"
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {"state": "degraded", "database": "ok", "redis": "away", "worker": "away", "store": "ok"},
    )


def test_who_watches_is_told_what_is_in_use(db, client, settings):
    settings.METRICS_TOKEN = "watches-the-whole-night"
    settings.AI_CHAT_MODEL = "openai:small"
    response = client.get("/readyz", headers={"Authorization": f"Bearer {settings.METRICS_TOKEN}"})
    assert response.json()["in_use"] == {"store": "pgvector", "embedder": "minilm", "chat_model": "openai:small"}


def test_without_database_it_is_not_ready_and_pages_are_calm(db, nobody_listens):
    """A stranger's page, a member's page, a fragment, a form: each asks the database and gets the same answer."""
    told = answer_of(
        """
browser = Client(raise_request_exception=False, SERVER_NAME="localhost")
alive, ready = browser.get("/healthz"), browser.get("/readyz")
pages = [browser.get("/"), browser.get("/communities/", headers={"HX-Request": "true"})]
browser.cookies["sessionid"] = "x" * 32
pages += [browser.get("/inbox/"), browser.post("/posts/1/vote/", {"value": "1"}), browser.get("/nowhere/")]
print(json.dumps({
    "ready": [ready.status_code, ready.json()],
    "alive": alive.status_code,
    "pages": [[page.status_code, page.headers.get("Retry-After"), page.content.decode()] for page in pages],
}))
""",
        DATABASE_URL=f"postgresql://cairn:x@127.0.0.1:{nobody_listens}/cairn",
    )
    parts = {"database": "away", "redis": "ok", "worker": "away", "store": "away"}
    assert told["ready"] == [503, {"state": "unavailable", **parts}]
    assert told["alive"] == 200
    for status, retry_after, page in told["pages"]:
        assert (status, retry_after, "<h1>Back in a moment</h1>" in page) == (503, "10", True)
        assert "Traceback" not in page
        assert "psycopg" not in page


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/metrics"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_health_is_only_looked_at(db, client, address, method):
    assert getattr(client, method)(address).status_code == 405
