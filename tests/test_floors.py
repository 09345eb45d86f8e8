"""The shape of the project: floors, migrations, templates, and that every route is held by a test."""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import Model
from django.template import engines
from django.template.loader import get_template
from importlinter.cli import lint_imports

from accounts.leaving.steps import is_settled
from accounts.models import User
from accounts.mydata.parts import both_ways, is_decided
from tests.addresses import routes
from tests.communities.views.place import full_name
from tests.refusals import IN_COMMUNITY, OPEN, OPEN_THROUGH_API, OWN, OWN_THROUGH_API, THROUGH_API

ROOT = Path(settings.BASE_DIR)
FLOORS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
PACKAGES: list[str] = FLOORS["root_packages"]
NO_FLOORS = {"bench", "catalogs", "tests"}
WIRING = {"apps.py", "urls.py"}
"""Says by its name and its few lines what it is."""
TEMPLATES = sorted(path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.*"))
SOURCES = {
    path: path.read_text(encoding="utf-8")
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
}
NAMED_IN_PYTHON = "\n".join(SOURCES.values())
PARTIAL = re.compile(r"\{%\s*partialdef\s+([\w-]+)(\s+inline)?")


def test_imports_keep_to_the_floors():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_every_package_stands_on_a_floor():
    """Else nobody would check what it imports."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    layers = {name.strip() for layer in FLOORS["contracts"][0]["layers"] for name in layer.split("|")}
    assert packages - NO_FLOORS == set(PACKAGES) == layers


def test_migrations_are_complete(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_what_names_a_member_is_exported_or_left_out_for_a_reason():
    """A model that leads to a member goes into their archive, or says why not: see accounts/mydata/parts.py."""
    assert [model._meta.label for model in naming_members() if not is_decided(model)] == []
    assert [model._meta.label for model in both_ways()] == []


def test_what_names_a_member_is_erased_or_kept_for_a_reason():
    """Of a model that leads to a member somebody says what becomes of it when they go: accounts/leaving/steps.py."""
    assert [model._meta.label for model in naming_members() if not is_settled(model)] == []


def naming_members() -> list[type[Model]]:
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if any(field.related_model is User for field in model._meta.concrete_fields)]


def test_every_module_says_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for path, source in SOURCES.items()
        if source.strip() and path.name not in WIRING and not ast.get_docstring(ast.parse(source))
    ]
    assert silent == []


def test_no_two_test_files_have_one_name():
    """Else plain `pytest` takes them for one module and stops."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, files in names.items() if files > 1] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(name):
    get_template(name)
    for partial, _ in PARTIAL.findall((ROOT / "templates" / name).read_text(encoding="utf-8")):
        get_template(f"{name}#{partial}")


def test_no_template_is_dead():
    """Each is named in Python or in another template, or stands before one of a library."""
    texts = {name: (ROOT / "templates" / name).read_text(encoding="utf-8") for name in TEMPLATES}
    dead = [
        name
        for name in TEMPLATES
        if f'"{name}' not in NAMED_IN_PYTHON
        and not any(f'"{name}' in text for other, text in texts.items() if other != name)
        and not replaces_one_of_a_library(name)
    ]
    assert dead == []


def test_no_partial_is_dead():
    texts = [(ROOT / "templates" / name).read_text(encoding="utf-8") for name in TEMPLATES]
    everything = NAMED_IN_PYTHON + "\n".join(texts)
    partials = {partial: inline for text in texts for partial, inline in PARTIAL.findall(text)}
    assert [name for name, inline in partials.items() if f"#{name}" not in everything and not inline] == []


def replaces_one_of_a_library(name: str) -> bool:
    folders = [Path(folder) for folder in engines["django"].template_dirs if Path(folder) != ROOT / "templates"]
    return any((folder / name).is_file() for folder in folders)


def test_every_route_is_refused_to_eve_or_open_for_a_reason():
    """The admin is tried as a whole by `test_canary.py`; what the sign-in library brings, in tests/accounts."""
    names = {route.name for route in routes() if not route.path.startswith(("admin/", "accounts/"))}
    held = {full_name(name) for name in IN_COMMUNITY} | set(OPEN) | set(OWN)
    held |= {f"api:{name}" for name in (*THROUGH_API, *OPEN_THROUGH_API, *OWN_THROUGH_API)}
    assert names == held
