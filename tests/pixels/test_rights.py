"""What the process that reads a picture cannot do, however it is led astray."""

import subprocess
import sys

import pytest

import pixels
from pixels import CHILD, Refused, Wanted, redraw
from tests.accounts.pictures import bomb, picture
from tests.pixels.bombs import slow_jpeg

WANTED = Wanted(side=400, pixels_max=25_000_000)
PROBES = {
    "read a file": (f"open({str(CHILD)!r})", "Too many open files"),
    "write a file": ("open('/tmp/left-by-a-picture', 'w')", "Too many open files"),
    "write a byte": ("os.write(2, b'x')", "File too large"),
    "connect": ("socket.socket()", "Too many open files"),
    "take memory": ("bytearray(256 * 1024 * 1024)", "MemoryError"),
}
PROBE = """
import os, runpy, socket, sys
child = runpy.run_path({child!r})
child["give_up_rights"](memory={memory}, cpu_seconds=5)
try:
    {attempt}
except BaseException as error:
    print(repr(error))
else:
    print("done")
"""


def tried(attempt: str, tmp_path) -> str:
    program = PROBE.format(child=str(CHILD), memory=128 * 1024 * 1024, attempt=attempt)
    with (tmp_path / "errors").open("wb") as errors:
        answer = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=errors, check=True)
    return answer.stdout.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep fewer limits")
@pytest.mark.parametrize(("attempt", "error"), PROBES.values(), ids=PROBES)
def test_child_cannot(attempt, error, tmp_path):
    assert error in tried(attempt, tmp_path)


def test_redraw_of_a_picture_that_never_ends_is_stopped(monkeypatch, caplog):
    monkeypatch.setattr(pixels, "CPU_SECONDS", 1)
    caplog.set_level("WARNING")  # a worker in a test before may have left it higher
    upload = slow_jpeg()
    with pytest.raises(Refused) as refusal:
        redraw(upload, WANTED)
    assert refusal.value.reason == "work"
    assert caplog.messages == [f"A picture was given up: signal 9 after {len(upload)} bytes"]


def test_redraw_that_waits_instead_of_working_is_stopped(monkeypatch):
    monkeypatch.setattr(pixels, "SECONDS", 0.001)
    with pytest.raises(Refused) as refusal:
        redraw(picture(), WANTED)
    assert refusal.value.reason == "work"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit memory")
def test_redraw_that_takes_too_much_memory_is_stopped(monkeypatch):
    largest = bomb(5000, 5000)
    assert redraw(largest, WANTED).width == 400
    monkeypatch.setattr(pixels, "MEMORY", 64 * 1024 * 1024)
    with pytest.raises(Refused) as refusal:
        redraw(largest, WANTED)
    assert refusal.value.reason == "work"


def test_redraw_without_a_working_child_is_our_fault(monkeypatch, tmp_path):
    broken = tmp_path / "child.py"
    broken.write_text("raise SystemExit('no Pillow here')")
    monkeypatch.setattr(pixels, "CHILD", broken)
    with pytest.raises(RuntimeError, match="no Pillow here"):
        redraw(picture(), WANTED)


def test_web_process_loads_no_pillow():
    program = "import sys, config.wsgi, config.urls; print('PIL' in sys.modules, 'communities.pictures' in sys.modules)"
    answer = subprocess.run([sys.executable, "-W", "ignore", "-c", program], stdout=subprocess.PIPE, check=True)
    assert answer.stdout == b"False True\n"
