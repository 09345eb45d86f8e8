"""dev.py: which interpreter it takes, when it installs, what it says; run by the oldest Python at hand."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYENV = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
OLD_PYTHON = next((str(path) for path in PYENV.glob("versions/3.8.*/bin/python3.8")), shutil.which("python3.8"))
PYTHONS = [
    pytest.param(sys.executable, id="this Python"),
    pytest.param(OLD_PYTHON, id="3.8", marks=pytest.mark.skipif(not OLD_PYTHON, reason="no Python 3.8 here")),
]


def dev(python: str, folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run dev.py of that folder; its whole output in stdout."""
    return subprocess.run(
        [python, str(folder / "dev.py"), *arguments],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def make_wheel(folder: Path, version: str) -> str:
    """A package `pebble` of our own, which asks for one more that no lock has; the requirement with name and hash.

    Two that follow each other within a second need versions of different lengths: Python takes its bytecode for current
    while second and size are the same.
    """
    info = f"pebble-{version}.dist-info"
    files = {
        "pebble.py": f"version = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: pebble\nVersion: {version}\nRequires-Dist: boulder\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{name},{_record_hash(text)},{len(text)}" for name, text in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""])
    wheel = folder / f"pebble-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return f"pebble @ {wheel.as_uri()} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def _record_hash(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
    return f"sha256={digest}"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a dev.py, locks of one small wheel each, and an environment that holds nothing yet."""
    shutil.copy(ROOT / "dev.py", tmp_path)
    (tmp_path / "manage.py").write_text("import pebble, sys\nprint('pebble', pebble.version, *sys.argv[1:])\n")
    (tmp_path / "requirements.lock").write_text(make_wheel(tmp_path, "1.0"))
    (tmp_path / "requirements-dev.lock").write_text(make_wheel(tmp_path, "2.0"))
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True)
    (tmp_path / ".venv" / "bin" / "uv").symlink_to(Path(sys.executable).parent / "uv")
    return tmp_path


def fake_python(folder: Path, name: str, *, version: tuple[int, int], missing: tuple[str, ...] = ()) -> str:
    """A program that answers dev.py's question as an interpreter of that version would."""
    folder.mkdir(exist_ok=True)
    program = folder / name
    facts = json.dumps({"version": version, "missing": missing})
    program.write_text(f"#!/bin/sh\necho '{facts}'\n")
    program.chmod(0o755)
    return str(program)


def found_interpreter(python: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What find_interpreter answers where only the programs in `tmp_path`/bin are on PATH."""
    places = {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path), "PYENV_ROOT": str(tmp_path / ".pyenv")}
    places["UV_PYTHON_INSTALL_DIR"] = str(tmp_path / "uv")
    return subprocess.run(
        [python, "-c", "import dev; print(dev.find_interpreter())"],
        cwd=ROOT,
        env={**places, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("python", PYTHONS)
def test_dev_alone_lists_its_commands(python: str) -> None:
    shown = dev(python, ROOT)
    assert shown.returncode == 0
    commands = [line.split()[0] for line in shown.stdout.splitlines()[2:]]
    assert commands == [
        "run",
        "test",
        "lint",
        "format",
        "types",
        "bench",
        "eval",
        "lock",
        "messages",
        "shell",
        "manage",
    ]
    assert dev(python, ROOT, "rnu").returncode == 2


@pytest.mark.parametrize("python", PYTHONS)
def test_dev_installs_once_and_again_when_the_lock_changes(python: str, checkout: Path) -> None:
    first = dev(python, checkout, "manage", "migrate")
    assert "Installing requirements.lock" in first.stdout
    assert first.stdout.endswith("pebble 1.0 migrate\n")
    assert dev(python, checkout, "manage", "migrate").stdout == "pebble 1.0 migrate\n"

    (checkout / "requirements.lock").write_text(make_wheel(checkout, "1.10"))
    assert dev(python, checkout, "run").stdout.endswith("pebble 1.10 up\n")


def test_dev_refuses_a_package_whose_hash_differs(checkout: Path) -> None:
    lock = checkout / "requirements.lock"
    lock.write_text(lock.read_text()[:-9] + "00000000\n")
    shown = dev(sys.executable, checkout, "run")
    assert shown.returncode != 0
    assert "Hash mismatch" in shown.stdout
    assert "pebble 1.0 up" not in shown.stdout
    assert not (checkout / ".venv" / "cairn-installed.json").exists()


def test_run_after_test_keeps_the_development_requirements(checkout: Path) -> None:
    dev(sys.executable, checkout, "test", "--version")
    assert dev(sys.executable, checkout, "run").stdout == "pebble 2.0 up\n"

    (checkout / "requirements-dev.lock").write_text(make_wheel(checkout, "2.10"))
    shown = dev(sys.executable, checkout, "run").stdout
    assert "Installing requirements-dev.lock" in shown
    assert shown.endswith("pebble 2.10 up\n")


@pytest.mark.skipif(not OLD_PYTHON, reason="no Python 3.8 here")
def test_find_interpreter_prefers_3_13_and_skips_what_is_broken(tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    fake_python(folder, "python3.12", version=(3, 12))
    assert found_interpreter(OLD_PYTHON, tmp_path).stdout == f"{folder}/python3.12\n"

    fake_python(folder, "python3.13", version=(3, 13), missing=("ensurepip",))
    assert found_interpreter(OLD_PYTHON, tmp_path).stdout == f"{folder}/python3.12\n"

    (folder / "python3.13").write_text("#!/bin/sh\necho 'pyenv: python3.13: command not found' >&2\nexit 127\n")
    assert found_interpreter(OLD_PYTHON, tmp_path).stdout == f"{folder}/python3.12\n"

    of_pyenv = tmp_path / ".pyenv" / "versions" / "3.13.7" / "bin"
    of_pyenv.mkdir(parents=True)
    fake_python(of_pyenv, "python3.13", version=(3, 13))
    assert found_interpreter(OLD_PYTHON, tmp_path).stdout == f"{of_pyenv}/python3.13\n"


@pytest.mark.parametrize(
    ("version", "missing", "sentence"),
    [
        ((3, 11), (), "that is no Python 3.12, 3.13 or 3.14."),
        ((3, 15), (), "that is no Python 3.12, 3.13 or 3.14."),
        ((3, 13), ("ensurepip",), "that one lacks ensurepip."),
    ],
)
def test_find_interpreter_refuses_an_unsuitable_python_by_name(
    tmp_path: Path, version: tuple[int, int], missing: tuple[str, ...], sentence: str
) -> None:
    named = fake_python(tmp_path, "mine", version=version, missing=missing)
    answer = found_interpreter(sys.executable, tmp_path, PYTHON=named)
    assert answer.returncode == 1
    assert answer.stderr == f"PYTHON has the value {named!r}; {sentence}\n"


def test_locks_agree_on_every_version() -> None:
    """The development lock is a superset of the other."""

    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text().splitlines()
        return {line.split()[0] for line in lines if "==" in line and not line.startswith((" ", "#"))}

    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()
