"""The embedded PostgreSQL and Valkey: started, found, stopped, and ended with their owner."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.local.dotenv import MalformedLine, read_dotenv
from config.local.postgres import PostgresFailed
from config.local.services import InUse, Services, find_running
from tests.processes import Started, kill_all_in, living_in, needs_proc, wait_until_none_lives_in

ROOT = Path(__file__).resolve().parent.parent.parent
OWNER = """
import signal, sys
from pathlib import Path
from config.local.services import Services
services = Services(Path(sys.argv[1]), is_durable=False)
services.start()
print("started", *(server.process.pid for server in services.servers.values()), flush=True)
signal.pause()
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("REDIS_URL")
    yield tmp_path
    kill_all_in(tmp_path)


def start_owner(folder: Path) -> tuple[Started, list[int]]:
    """Another process that owns services in the folder, and the numbers of its servers."""
    owner = Started(
        [sys.executable, "-c", OWNER, str(folder)],
        folder=folder,
        environment=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    return owner, [int(pid) for pid in owner.read_until("started").split()[1:]]


def test_start_serves_both_and_keeps_rows_until_the_next_start(folder: Path) -> None:
    first = Services(folder, is_durable=False)
    first.start()
    with psycopg.connect(first.environment["DATABASE_URL"]) as connection:
        connection.execute("CREATE TABLE stone (name text)")
        connection.execute("INSERT INTO stone VALUES ('granite')")
    assert redis.Redis.from_url(f"{first.environment['REDIS_URL']}/2").set("a", 1) is True
    first.stop()
    assert living_in(folder) == {}

    second = Services(folder, is_durable=False)
    second.start()
    with psycopg.connect(second.environment["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT name FROM stone").fetchall() == [("granite",)]
    second.stop()


def test_start_offers_the_extensions_we_use(folder: Path) -> None:
    services = Services(folder, is_durable=False)
    services.start()
    with psycopg.connect(services.environment["DATABASE_URL"]) as connection:
        for extension in ("vector", "pg_trgm", "unaccent", "citext", "btree_gin"):
            connection.execute(f"CREATE EXTENSION {extension}")
        row = connection.execute("SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) FROM pg_database")
        assert set(row.fetchall()) == {("b", "C.UTF-8", "UTF8")}
    services.stop()


def test_start_refuses_strangers(folder: Path) -> None:
    services = Services(folder, is_durable=False)
    services.start()
    password = (folder / "postgres_password").read_text()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(services.environment["DATABASE_URL"].replace(password, "guessed"))
    port = services.environment["REDIS_URL"].rpartition(":")[2]
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=int(port), retry=Retry(NoBackoff(), 0)).ping()
    for name in ("postgres_password", "services.json"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    valkey = services.servers["REDIS_URL"].process
    assert services.environment["REDIS_URL"].split("@")[0].split(":")[-1] not in " ".join(living_in(folder).values())
    assert valkey.poll() is None
    services.stop()


def test_start_uses_an_address_of_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/cairn")
    services = Services(folder, is_durable=False)
    services.start()
    assert list(services.environment) == ["REDIS_URL"]
    assert not (folder / "postgres").exists()
    services.stop()


def test_start_names_a_wrong_postgres_bin(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTGRES_BIN", "/nowhere")
    with pytest.raises(PostgresFailed, match=r"^POSTGRES_BIN has the value '/nowhere'; that folder holds no program"):
        Services(folder).start()
    Services(folder, is_durable=False)._take_lock()  # the failed start has let go of it


@needs_proc
def test_owner_killed_leaves_no_server_and_the_next_start_works(folder: Path) -> None:
    owner, pids = start_owner(folder)
    with pytest.raises(InUse):
        Services(folder).start()
    notes = find_running(folder)
    assert notes is not None
    assert notes["owner"] == owner.process.pid

    owner.process.kill()
    owner.process.wait()
    assert wait_until_none_lives_in(folder, seconds=5) == {}
    assert len(pids) == 2
    assert find_running(folder) is None
    assert (folder / "services.json").exists()  # stale, and nobody is misled

    services = Services(folder, is_durable=False)
    services.start()
    services.stop()


@needs_proc
@pytest.mark.parametrize("holder", ["a dead process", "a living stranger"])
def test_start_survives_a_stale_lock_file_of_postgres(folder: Path, holder: str) -> None:
    owner, pids = start_owner(folder)
    for pid in (*pids, owner.process.pid):  # PostgreSQL first: told that its owner died, it would begin to stop
        os.kill(pid, signal.SIGKILL)
    owner.process.wait()
    assert wait_until_none_lives_in(folder, seconds=5) == {}
    lock_file = folder / "postgres" / "postmaster.pid"
    stale = lock_file.read_text()
    assert "ready" in stale
    stranger = subprocess.Popen(["sleep", "60"])
    if holder == "a living stranger":
        lock_file.write_text(stale.replace(stale.splitlines()[0], str(stranger.pid), 1))

    services = Services(folder, is_durable=False)
    services.start()
    with psycopg.connect(services.environment["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    services.stop()
    assert stranger.poll() is None
    stranger.kill()


def test_interrupted_first_start_leaves_no_half_cluster(folder: Path) -> None:
    (folder / "postgres.draft").mkdir()
    (folder / "postgres.draft" / "PG_VERSION").write_text("18")
    services = Services(folder, is_durable=False)
    services.start()
    services.stop()
    assert not (folder / "postgres.draft").exists()


def test_notes_are_replaced_as_a_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/cairn")
    services = Services(folder, is_durable=False)
    services.start()
    services.note(site_url="http://localhost:8001")
    notes = json.loads((folder / "services.json").read_text())
    assert notes == {
        "owner": os.getpid(),
        "site_url": "http://localhost:8001",
        "environment": {
            "DATABASE_URL": "postgresql://elsewhere/cairn",
            "REDIS_URL": services.environment["REDIS_URL"],
        },
    }
    services.stop()
    assert not (folder / "services.json").exists()


def test_read_dotenv_reads_names_quotes_and_comments(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# ours\nA=1\nexport B = two words # why\nC='it''s # kept'\nD=\n\nE=\"x\" # y\nF=http://h/#part\n")
    assert read_dotenv(file) == {
        "A": "1",
        "B": "two words",
        "C": "it''s # kept",
        "D": "",
        "E": "x",
        "F": "http://h/#part",
    }
    assert read_dotenv(tmp_path / "absent") == {}


def test_read_dotenv_names_a_malformed_line(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("A=1\nnonsense\n")
    with pytest.raises(MalformedLine, match=r"^\.env, line 2 is not of the form NAME=value\.$"):
        read_dotenv(file)
