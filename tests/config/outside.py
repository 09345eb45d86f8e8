"""Runs a few lines against the site in a process of its own, where the environment may say something else."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 60
BEGINNING = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client, override_settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
"""


def run(lines: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"} | environment
    command = [sys.executable, "-c", BEGINNING + lines]
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=SECONDS, check=False)


def answer_of(lines: str, **environment: str) -> Any:
    """What the lines print, read as JSON. They meet the database of the tests, without what this test wrote."""
    base = os.environ["DATABASE_URL"].rpartition("/")[0]
    environment.setdefault("DATABASE_URL", f"{base}/{connection.settings_dict['NAME']}")
    done = run(lines, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
