"""A site without this floor: two lines are taken out of a copy, and the tests of the floors below it pass there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_COPIED = shutil.ignore_patterns("var", ".venv", ".git", "__pycache__", ".*_cache", ".hypothesis")
NAMED = {"settings": '    "gamification",\n', "urls": '    path("", include("gamification.urls")),\n'}
THERE = [
    *("tests/config/test_timetable.py", "tests/config/test_home.py", "tests/accounts/test_profile.py"),
    *("tests/communities/actions/test_voting.py", "tests/communities/actions/test_answering.py"),
    "tests/communities/views/test_vote_box.py",
]
"""What the copy runs here; all of `tests` passes there, too, and takes as long as it does with this floor."""


@pytest.fixture
def without(tmp_path: Path) -> Path:
    """A copy of the site in which the two lines that name this floor are gone, and its own tests."""
    copy = tmp_path / "site"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED, symlinks=True)
    for folder in ("gamification", "journeys/games"):
        shutil.rmtree(copy / "tests" / folder)
    for name, line in NAMED.items():
        file = copy / "config" / f"{name}.py"
        text = file.read_text()
        assert text.count(line) == 1
        file.write_text(text.replace(line, ""))
    return copy


def test_tests_of_the_floors_below_pass_without_this_one(without: Path):
    """In a database of its own, beside the one of this test."""
    database = urlsplit(os.environ["DATABASE_URL"])
    environment = os.environ | {
        "DATABASE_URL": database._replace(path="/left_out").geturl(),
        "PYTEST_XDIST_WORKER": "left-out",  # the servers of this run serve it, too
    }
    for name in [name for name in environment if re.match("PYTEST_(CURRENT_TEST|ADDOPTS|XDIST_W.+_COUNT)", name)]:
        del environment[name]
    options = ["-p", "no:cacheprovider", "-p", "no:xdist", "--create-db"]
    command = [sys.executable, "-m", "pytest", *options, *THERE]
    ended = subprocess.run(command, cwd=without, env=environment, capture_output=True, text=True)
    print(ended.stdout)
    assert ended.returncode == 0, ended.stdout[-4000:] + ended.stderr[-2000:]
