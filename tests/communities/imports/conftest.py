"""Importing the tiny dump."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.communities.imports.tiny import write_whole_dump
from tests.factories import make_user


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    return write_whole_dump(tmp_path / "tea")


@pytest.fixture
def import_from(db: None) -> Callable[..., str]:
    """Imports a folder into /c/tea/ and gives back what was printed, warnings first."""
    make_user("olga")

    def run(folder: Path, **options: Any) -> str:
        out, warnings = StringIO(), StringIO()
        options = {"community": "tea", "owner": "olga"} | options
        call_command("import_stackexchange", str(folder), stdout=out, stderr=warnings, no_color=True, **options)
        return warnings.getvalue() + out.getvalue()

    return run
