"""The supervisor: nothing outlives it, whatever ends first."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.local.ports import any_free_port
from tests.processes import Started, kill_all_in, living_in, needs_proc, wait_until_none_lives_in

pytestmark = needs_proc
ROOT = Path(__file__).resolve().parent.parent.parent
SUPERVISED = """
import signal, sys
from pathlib import Path
from config.local.services import Services
from config.local.supervisor import Ended, Program, Supervisor

folder, port, second_program = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
services = Services(folder, is_durable=False)
services.start()
web = Program("web", [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", port], colour=36)
second = Program("second", [sys.executable, "-c", second_program], colour=33)
try:
    Supervisor(services, [web, second]).run(
        address=f"http://127.0.0.1:{port}/", when_ready=lambda: print("ready", flush=True)
    )
except Ended as error:
    sys.exit(str(error))
"""
WITH_A_CHILD = """
import subprocess, sys
print("I have a child", flush=True)
subprocess.run([sys.executable, "-c", "import time; time.sleep(600)"])
"""
WITH_A_STUBBORN_CHILD = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import signal; signal.signal(15, signal.SIG_IGN); signal.pause()"])
print("I have a child", flush=True)
child.wait()
"""
STUBBORN = """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("I stay", flush=True)
while True:
    signal.pause()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    kill_all_in(tmp_path)


def supervise(folder: Path, second_program: str) -> Started:
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    return Started(
        [sys.executable, "-c", SUPERVISED, str(folder), str(any_free_port()), second_program],
        folder=folder,
        environment=environment | {"PYTHONPATH": str(ROOT)},
    )


def test_interrupt_ends_everything_within_five_seconds(folder: Path) -> None:
    supervised = supervise(folder, WITH_A_CHILD)
    assert supervised.read_until("I have a child") == " second | I have a child\n"
    assert "ready\n" in supervised.lines
    commands = " ".join(living_in(folder).values())
    assert all(part in commands for part in ("http.server", "time.sleep(600)", "postgres", "valkey"))

    assert supervised.interrupt() < 5
    assert supervised.process.returncode == 0
    assert living_in(folder) == {}


def test_interrupt_kills_a_program_that_ignores_it(folder: Path) -> None:
    supervised = supervise(folder, STUBBORN)
    supervised.read_until("I stay")
    assert supervised.interrupt() < 5
    assert living_in(folder) == {}


def test_second_interrupt_ends_at_once(folder: Path) -> None:
    supervised = supervise(folder, STUBBORN)
    supervised.read_until("I stay")
    os.killpg(supervised.process.pid, signal.SIGINT)
    supervised.read_until("Stopping")
    assert supervised.interrupt() < 2
    assert wait_until_none_lives_in(folder, seconds=1) == {}


def test_killed_supervisor_leaves_no_process(folder: Path) -> None:
    supervised = supervise(folder, WITH_A_STUBBORN_CHILD)
    supervised.read_until("I have a child")
    assert len(living_in(folder)) > 6
    supervised.process.kill()
    supervised.process.wait()
    assert wait_until_none_lives_in(folder, seconds=5) == {}


def test_program_that_ends_stops_the_others_and_is_named(folder: Path) -> None:
    supervised = supervise(folder, "import time; time.sleep(1); raise SystemExit(7)")
    begin = time.monotonic()
    assert supervised.finish() == 1
    assert time.monotonic() - begin < 15
    assert "second ended by itself (status 7); everything else was stopped." in supervised.output
    assert living_in(folder) == {}


def test_service_that_dies_stops_the_others_and_is_named(folder: Path) -> None:
    supervised = supervise(folder, "import time; time.sleep(600)")
    supervised.read_until("ready")
    valkey = next(pid for pid, command in living_in(folder).items() if "valkey-server" in command)
    os.kill(valkey, signal.SIGKILL)
    assert supervised.finish() == 1
    assert "Valkey ended by itself; everything else was stopped." in supervised.output
    assert living_in(folder) == {}
