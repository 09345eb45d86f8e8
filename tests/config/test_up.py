"""`manage.py up` in a fresh checkout: from nothing to a page, and back to nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from config.local.ports import any_free_port, free_port_from
from tests.processes import Started, kill_all_in, living_in, needs_proc, wait_until_none_lives_in

pytestmark = [needs_proc, pytest.mark.xdist_group("up")]
ROOT = Path(__file__).resolve().parent.parent.parent
PROVIDED = (
    "DATABASE_URL",
    "REDIS_URL",
    "REDIS_PREFIX",
    "SECRET_KEY",
    "DEBUG",
    "SITE_URL",
    "DJANGO_SETTINGS_MODULE",
)
SHOW_ADDRESS = "from django.conf import settings; print(settings.REDIS_URL, settings.SITE_URL)"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree without anything that a run leaves."""
    folder = tmp_path_factory.mktemp("up") / "cairn"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".*", "var", "tests", "node_modules", "__pycache__"))
    return folder


@pytest.fixture(autouse=True)
def nothing_stays(checkout: Path) -> Iterator[None]:
    yield
    kill_all_in(checkout)


def environment(**more: str) -> dict[str, str]:
    """What a terminal holds: nothing of what the plugin provides for the tests."""
    return {name: value for name, value in os.environ.items() if name not in PROVIDED} | more


def up(checkout: Path, **more: str) -> Started:
    return Started([sys.executable, "manage.py", "up"], folder=checkout, environment=environment(**more))


def manage(checkout: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=checkout,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_up_from_nothing_serves_is_found_and_leaves_nothing(checkout: Path) -> None:
    begin = time.monotonic()
    with socket.create_server(("127.0.0.1", free_port_from(8300))) as stranger:
        taken = stranger.getsockname()[1]
        first = up(checkout, PORT=str(taken))
        said = first.read_until("is taken")
        port = int(said.rstrip(".\n").rpartition(" ")[2])
        assert said == f"Port {taken} is taken; using {port}.\n"
        assert port > taken
        assert first.read_until("Cairn is ready") == f"  Cairn is ready:  http://localhost:{port}\n"
        seconds_of_first = time.monotonic() - begin
    assert first.read_until("Sign in as") == "  Sign in as       ada, mina, otto (password cairn-demo)\n"
    assert "Applying communities.0001_squashed_0056_xp_of_members... OK" in first.output

    with urllib.request.urlopen(f"http://localhost:{port}/") as page:
        assert "Cairn" in page.read().decode()
    for name in ("secret_key", "services.json", "postgres_password"):
        assert stat.S_IMODE((checkout / "var" / name).stat().st_mode) == 0o600
    notes = json.loads((checkout / "var" / "services.json").read_text())
    shown = manage(checkout, "shell", "--no-imports", "--command", SHOW_ADDRESS)
    assert shown.stdout.split() == [notes["environment"]["REDIS_URL"], f"http://localhost:{port}"]
    again = manage(checkout, "up")
    assert again.returncode == 1
    assert again.stderr == (
        f"Cairn already runs in this folder at http://localhost:{port} "
        f"(process {first.process.pid}); end that one first.\n"
    )

    assert first.interrupt() < 5
    assert first.process.returncode == 0
    assert living_in(checkout) == {}
    assert not (checkout / "var" / "services.json").exists()

    begin = time.monotonic()
    second = up(checkout, PORT=str(any_free_port()))
    second.read_until("Cairn is ready")
    assert time.monotonic() - begin < seconds_of_first
    assert "Applying" not in second.output
    assert "answers" not in second.output  # seeded once
    second.process.kill()
    second.process.wait()
    assert wait_until_none_lives_in(checkout, seconds=5) == {}


def owner_of_services(checkout: Path) -> int | None:
    """Who says to have started them; a killed run leaves its word behind."""
    try:
        return json.loads((checkout / "var" / "services.json").read_text(encoding="utf-8"))["owner"]
    except (FileNotFoundError, json.JSONDecodeError):
        return None


def test_up_is_ended_by_a_termination_signal_during_the_start(checkout: Path) -> None:
    started = up(checkout, PORT=str(any_free_port()))
    while owner_of_services(checkout) != started.process.pid:  # the services are there, the pages not yet
        with suppress(subprocess.TimeoutExpired):
            started.process.wait(0.05)
    started.process.send_signal(signal.SIGTERM)
    assert started.finish() == 130
    assert "Traceback" not in started.output
    assert living_in(checkout) == {}


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "eighty", "PORT has the value 'eighty'; it must be a number from 1 to 65535."),
        ("DEBUG", "perhaps", "DEBUG has the value 'perhaps'; it must be true or false."),
        (
            "DATABASE_URL",
            "mysql://here/cairn",
            "DATABASE_URL must begin with postgres: or postgresql:.",
        ),
        ("REDIS_BIN", "/nowhere", "REDIS_BIN has the value '/nowhere'; there is no such program."),
        ("SITE_URL", "https://cairn.example.org", "SECRET_KEY is not set; .env.example shows what it means."),
    ],
)
def test_up_names_a_wrong_value_in_one_sentence(checkout: Path, name: str, value: str, sentence: str) -> None:
    refused = manage(checkout, "up", **{name: value})
    assert refused.returncode == 1
    assert refused.stderr == f"{sentence}\n"
    assert living_in(checkout) == {}


def test_command_without_up_has_services_of_its_own_from_dotenv(checkout: Path) -> None:
    (checkout / ".env").write_text("REDIS_URL=redis://from-dotenv:6379\nSITE_URL=http://localhost:8123\n")
    shown = manage(checkout, "shell", "--no-imports", "--command", SHOW_ADDRESS)
    (checkout / ".env").unlink()
    assert shown.stdout.split() == ["redis://from-dotenv:6379", "http://localhost:8123"]
    assert living_in(checkout) == {}
