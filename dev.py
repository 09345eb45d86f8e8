#!/usr/bin/env python3
"""One door for developing Cairn: `python3 dev.py run`, `python3 dev.py test`, and what the table below lists.

Needs nothing but Python 3.8 or newer: it finds or fetches a suitable interpreter, makes `.venv`, installs the
hashed requirements, and hands over to the tools in there. One file, because it starts before anything is there.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "cairn-installed.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
UV = "uv==0.13.9"
OLDEST, NEWEST, PREFERRED = (3, 12), (3, 14), "3.13"
PROBE = """
import importlib.util, json, sys
missing = [name for name in ("ssl", "venv", "ensurepip") if importlib.util.find_spec(name) is None]
print(json.dumps({"version": sys.version_info[:2], "missing": missing}))
"""
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
JOURNEYS = "tests/journeys"

COMMANDS = {
    "run": "start Cairn on this machine: database, Redis, pages, worker (Ctrl-C stops all)",
    "test": "lint, format, types, migrations and all tests; with arguments: pytest with these",
    "lint": "ruff and the import floors",
    "format": "rewrite the Python files in the common format",
    "types": "mypy",
    "bench": "measure the pages and print the table of docs/performance.md",
    "eval": "ask all questions of the set in the folder SQUAD and print the table of docs/ai.md",
    "lock": "write the hashed locks from requirements.txt and requirements-dev.txt",
    "messages": "bring the translations under locale/ into step with the source, and compile them",
    "shell": "a Python shell with Django in it",
    "manage": "any other Django command: dev.py manage migrate",
}


DJANGO = {"run": ["up"], "shell": ["shell"], "manage": []}


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        print("usage: python3 dev.py COMMAND\n")
        for name, meaning in COMMANDS.items():
            print(f"  {name:<10}{meaning}")
        return 2 if len(sys.argv) > 1 and sys.argv[1] not in ("-h", "--help", "help") else 0
    command, arguments = sys.argv[1], sys.argv[2:]
    os.chdir(str(ROOT))
    prepare("run" if command in DJANGO else "dev")
    if command in DJANGO:
        hand_over([str(PYTHON), "manage.py", *DJANGO[command], *arguments])
    if command == "test":
        if arguments:
            hand_over([*PYTEST, *arguments])
        return test()
    if command == "lock":
        return lock()
    if command == "messages":
        return subprocess.call([str(PYTHON), "-m", "catalogs"])
    if command in ("bench", "eval"):
        hand_over([str(PYTHON), "-m", {"bench": "bench", "eval": "bench.answers"}[command], *arguments])
    return all_of({"lint": LINT, "format": FORMAT, "types": TYPES}[command], arguments)


def prepare(kind: str) -> None:
    """Afterwards `.venv` holds what the lock of this kind lists. A development environment is never cut back."""
    if not VENV.exists() or version_of(str(PYTHON)) is None:
        make_environment()
    stamp = read_stamp()
    kind = "dev" if "dev" in (kind, stamp.get("kind")) else "run"
    lock_file = ROOT / LOCKS[kind]
    digest = hashlib.sha256(lock_file.read_bytes()).hexdigest()
    if stamp == {"kind": kind, "sha256": digest}:
        return
    say(f"Installing {lock_file.name} …")
    # An environment without a stamp was made or filled by someone else: add to it, take nothing away.
    # Either way exactly what the lock lists, which is complete: what a package asks for besides was left out of it.
    what = ["sync", str(lock_file)] if stamp else ["install", "--no-deps", "--requirements", str(lock_file)]
    # Compiled at once: where Python may write no files, each process would compile all of it and take 10 MB more.
    check([uv(), "pip", *what, "--require-hashes", "--compile-bytecode", "--python", str(PYTHON)])
    STAMP.write_text(json.dumps({"kind": kind, "sha256": digest}), encoding="utf-8")


def read_stamp() -> dict[str, str]:
    """What the last whole installation was; empty when there was none."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def make_environment() -> None:
    """A fresh `.venv` of the best interpreter, with uv in it; uv fetches an interpreter where there is none."""
    if VENV.exists():
        say("The environment in .venv has lost its Python: making it anew.")
        shutil.rmtree(str(VENV))
    python = find_interpreter()
    if python:
        say(f"Making .venv with {python} …")
        check([python, "-m", "venv", str(VENV)])
        check([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV])
        return
    say(f"No Python {PREFERRED} with venv here: fetching one …")
    check([borrowed_uv(), "venv", "--python", PREFERRED, str(VENV)])


def uv() -> str:
    """The uv of the environment, else the one that made it."""
    inside = BIN / ("uv.exe" if os.name == "nt" else "uv")
    return str(inside) if inside.exists() else borrowed_uv()


def borrowed_uv() -> str:
    """A uv from outside of `.venv`: on PATH, or installed aside with the pip of this Python."""
    found = shutil.which("uv")
    if found:
        return found
    aside = ROOT / "var" / "uv"
    program = aside / "bin" / ("uv.exe" if os.name == "nt" else "uv")
    if not program.exists():
        pip = [sys.executable, "-m", "pip"]
        if subprocess.run([*pip, "--version"], capture_output=True).returncode:
            sys.exit(complaint())
        check([*pip, "install", "--quiet", "--disable-pip-version-check", "--target", str(aside), UV])
    return str(program)


def complaint() -> str:
    """One sentence on what is missing, for someone who has neither a suitable Python nor pip."""
    for python in candidates():
        facts = probe(python)
        if facts and facts["missing"] and suits(facts):
            pieces = " and ".join(facts["missing"])
            return f"{python} lacks {pieces}: install it (Debian and Ubuntu: apt install python3-venv) and try again."
    return "Cairn needs Python 3.12, 3.13 or 3.14, or pip to fetch one: install one of them and try again."


def find_interpreter() -> str | None:
    """The best complete interpreter: the one named by PYTHON, else 3.13 before the others."""
    named = os.environ.get("PYTHON")
    if named:
        facts = probe(named)
        if facts is None or not suits(facts):
            sys.exit(f"PYTHON has the value {named!r}; that is no Python 3.12, 3.13 or 3.14.")
        if facts["missing"]:
            sys.exit(f"PYTHON has the value {named!r}; that one lacks {' and '.join(facts['missing'])}.")
        return named
    usable = []
    for python in candidates():
        facts = probe(python)
        if facts and suits(facts) and not facts["missing"]:
            if facts["version"] == [3, 13]:
                return python
            usable.append(python)
    return usable[0] if usable else None


def candidates() -> list[str]:
    """Where interpreters are found, without repetition: this one, PATH, pyenv, uv, Homebrew."""
    names = ["python3.13", "python3.12", "python3.14"]
    found = [sys.executable, *(shutil.which(name) for name in names)]
    home = Path.home()
    folders = [
        (Path(os.environ.get("PYENV_ROOT") or home / ".pyenv"), "versions/{0}.*/bin/python{0}"),
        (
            Path(os.environ.get("UV_PYTHON_INSTALL_DIR") or home / ".local/share/uv/python"),
            "cpython-{0}*/bin/python{0}",
        ),
        (Path("/opt/homebrew"), "opt/python@{0}/bin/python{0}"),
        (Path("/usr/local"), "opt/python@{0}/bin/python{0}"),
    ]
    for folder, pattern in folders:
        for version in ("3.13", "3.12", "3.14"):
            found += sorted((str(path) for path in folder.glob(pattern.format(version))), reverse=True)
    return list(dict.fromkeys(path for path in found if path))


def probe(python: str) -> dict | None:
    """Version and missing pieces of an interpreter; nothing when it does not even start (a pyenv shim, say)."""
    try:
        answer = subprocess.run([python, "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20)
        return json.loads(answer.stdout) if answer.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def suits(facts: dict) -> bool:
    return OLDEST <= tuple(facts["version"]) <= NEWEST


def version_of(python: str) -> tuple | None:
    """The version of a suitable interpreter."""
    facts = probe(python)
    return tuple(facts["version"]) if facts and suits(facts) else None


def tool(name: str) -> str:
    return str(BIN / name)


LINT = [
    ("ruff check", [tool("ruff"), "check", "."]),
    ("ruff format", [tool("ruff"), "format", "--check", "."]),
    ("import floors", [tool("lint-imports")]),
]
FORMAT = [("format", [tool("ruff"), "format", "."]), ("fix", [tool("ruff"), "check", "--fix", "."])]
TYPES = [("mypy", [tool("mypy"), "."])]
TOOLS = [command for _, command in LINT + TYPES]
MIGRATIONS = [("migrations", [str(PYTHON), "manage.py", "makemigrations", "--check", "--dry-run"])]
PYTEST = [str(PYTHON), "-m", "pytest"]


def test() -> int:
    """Every step, also after a failed one; then how each went, and last what pytest said last."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # dozens of processes begin with the same modules
    steps = LINT + TYPES + MIGRATIONS
    on_all_cores = [*PYTEST, "--numprocesses", "auto"]
    steps += [("pytest", [*on_all_cores, "--create-db", "--reuse-db", f"--ignore={JOURNEYS}"])]
    steps += [("journeys", [*on_all_cores, "--reuse-db", JOURNEYS])]  # in the databases that the step before just made
    results = [(name, *run_step(name, command)) for name, command in steps]
    print("\n" + "=" * 40)
    for name, status, seconds, last_line in results:
        print(f"{'ok    ' if status == 0 else 'FAILED'} {name:<14}{seconds:6.1f} s  {last_line}")
    return 1 if any(status for _, status, _, _ in results) else 0


def run_step(name: str, command: list[str]) -> tuple[int, float, str]:
    """Status, seconds and last line of what it printed, which streams by meanwhile."""
    say(f"\n--- {name}")
    begin = time.monotonic()
    colour = {"FORCE_COLOR": "1"} if sys.stdout.isatty() else {}
    environment = {**(tool_environment() if command in TOOLS else os.environ), **colour}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
    last_line = ""
    for raw in process.stdout or ():
        line = raw.decode(errors="replace")
        sys.stdout.write(line)
        sys.stdout.flush()
        last_line = re.sub(r"\x1b\[[0-9;]*m", "", line).strip("= \n") or last_line
    return process.wait(), time.monotonic() - begin, last_line


def all_of(steps: list, arguments: list[str]) -> int:
    """Run all of them, also after a failed one; the worst status."""
    return max(subprocess.call([*command, *arguments], env=tool_environment()) for _, command in steps)


def tool_environment() -> dict:
    """mypy's plugin reads the settings, which ask for addresses; nobody calls these."""
    addresses = {"DATABASE_URL": "postgresql://nobody/calls", "REDIS_URL": "redis://nobody"}
    return {**os.environ, **addresses, "SECRET_KEY": "local-key-for-reading-the-settings-without-starting"}


def lock() -> int:
    """Both locks, for every system; the development lock is made of the same versions as the other."""
    common = [
        uv(),
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--generate-hashes",
        "--python-version",
        "3.12",
    ]
    common += ["--custom-compile-command", "python3 dev.py lock"]
    check([*common, "requirements.txt", "--output-file", "requirements.lock"])
    check(
        [
            *common,
            "requirements-dev.txt",
            "--constraints",
            "requirements.lock",
            "--output-file",
            "requirements-dev.lock",
        ]
    )
    return 0


def hand_over(command: list[str]) -> NoReturn:
    """Become the command, so that Ctrl-C and signals reach it and nothing else."""
    sys.stdout.flush()
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


def check(command: list[str]) -> None:
    """Run it with its output shown; end with its status when it fails."""
    try:
        status = subprocess.call(command)
    except OSError as error:
        sys.exit(f"{command[0]} does not start: {error}")
    if status:
        sys.exit(f"This failed with status {status}: {' '.join(command)}")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
