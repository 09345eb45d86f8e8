"""What the process that reads a document cannot do, however it is led astray, and how its ends are told apart."""

import subprocess
import sys
import time

import pytest

from ai_assist.parsing import Facts, Page, limits, process, read
from tests.ai_assist.parsing.paper import lines, pdf
from tests.ai_assist.parsing.reading import refused

PROBES = {
    "read a file": ("open(child.__file__)", "Too many open files"),
    "write a file": ("open('/tmp/left-by-a-document', 'w')", "Too many open files"),
    "write a byte": ("os.write(2, b'x')", "File too large"),
    "connect": ("socket.socket()", "Too many open files"),
    "fork": ("os.fork()", "Resource temporarily unavailable"),
    "start a thread": ("threading.Thread(target=print).start()", "can't start new thread"),
    "take memory": ("bytearray(256 * 1024 * 1024)", "MemoryError"),
    "take time": ("[None for _ in iter(int, 1)]", ""),
}
PROBE = """
import os, socket, sys, threading
from ai_assist.parsing import child
child.give_up_rights(memory=200 * 1024 * 1024, cpu_seconds=1)
try:
    {attempt}
except BaseException as error:
    print(repr(error))
else:
    print("done")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep fewer limits")
@pytest.mark.parametrize(("attempt", "error"), PROBES.values(), ids=PROBES)
def test_child_cannot(attempt, error, tmp_path):
    with (tmp_path / "errors").open("wb") as errors:
        program = [sys.executable, "-c", PROBE.format(attempt=attempt)]
        answer = subprocess.run(program, stdout=subprocess.PIPE, stderr=errors, check=False)
    assert error in answer.stdout.decode()
    assert "done" not in answer.stdout.decode()


def test_read_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "CPU_SECONDS", 1)
    assert refused(b"<div>" + b"<p>word</p>" * 2_000_000, "a.html") == "timeout"


def test_read_that_waits_instead_of_working_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 0.01)
    assert refused(pdf(lines("Text")), "a.pdf") == "timeout"


def test_read_does_not_count_the_time_that_its_caller_takes(monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 3)
    reader = read(pdf(lines("One"), lines("Two")), "a.pdf")
    next(reader)
    now = time.monotonic
    monkeypatch.setattr(process.time, "monotonic", lambda: now() + 1000)
    assert [type(thing) for thing in reader] == [Page, Page, Facts]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit memory")
def test_read_that_takes_too_much_memory_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "MEMORY", 400 * limits.MEGABYTE)
    assert refused(b"<div>" + b"<p>word</p>" * 2_000_000, "a.html") == "memory"


def test_read_that_nobody_wants_any_more_ends_its_process(monkeypatch):
    children = []
    started = process.Child.__enter__
    monkeypatch.setattr(process.Child, "__enter__", lambda child: children.append(child) or started(child))
    reader = read(pdf(*[lines("Text")] * 300), "a.pdf")
    next(reader)
    assert children[0].process.poll() is None
    reader.close()
    assert children[0].process.poll() is not None


def test_read_without_a_working_child_is_our_fault(monkeypatch, tmp_path):
    broken = tmp_path / "child.py"
    broken.write_text("raise SystemExit('no parser here')")
    monkeypatch.setattr(process, "PROGRAM", broken)
    with pytest.raises(RuntimeError, match="no parser here"):
        list(read(b"text", "a.txt"))


def test_read_loads_no_parser_into_the_process_that_asks():
    program = "import sys; from ai_assist import parsing; list(parsing.read(b'text', 'a.txt')); print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True)
    heavy = {"django", "pypdf", "lxml", "markdown_it", "charset_normalizer", "docx", "numpy"}
    assert heavy & set(answer.stdout.decode().split()) == set()
