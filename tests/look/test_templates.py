"""Rules that every template keeps, read from the sources."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = {
    path.relative_to(ROOT / "templates").as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "templates").rglob("*.html"))
}
EACH = pytest.mark.parametrize("name", TEMPLATES)

FORBIDDEN = {
    "inline style": r"\sstyle=|<style\b",
    "inline script": r"<script\b(?![^>]*\ssrc=)|\son[a-z]+=|javascript:",
    "evaluated htmx": r"\s(?:data-)?hx-on\b|\s(?:data-)?hx-(?:vars|vals|headers)=['\"]js:|hx-trigger=['\"][^'\"]*\[",
    "unescaped output": r"\|\s*safe\b|\{%\s*autoescape off",
    "foreign address": r"(?:src|href|action)=[\"']?(?:https?:)?//",
}
INCLUDE = re.compile(r'\{%\s*include "(?P<name>[^"]+)"(?P<rest>[^%]*)%\}')


@EACH
@pytest.mark.parametrize("what", FORBIDDEN)
def test_template_has_none_of(what: str, name: str) -> None:
    assert re.findall(FORBIDDEN[what], TEMPLATES[name]) == []


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.startswith(("components/", "django/"))])
def test_component_begins_with_its_inputs(name: str) -> None:
    first = TEMPLATES[name].partition("\n")[0]
    assert re.fullmatch(r"\{# Inputs: .+ #\}", first) or re.fullmatch(r"\{# No inputs\. .+ #\}", first)


def holds_form(name: str) -> bool:
    """Itself, or through what it includes."""
    source = TEMPLATES.get(name.partition("#")[0], "")
    if "csrf_token" in source:
        return True
    return any(holds_form(found["name"]) for found in INCLUDE.finditer(source))


@EACH
def test_include_only_is_never_used_for_a_form(name: str) -> None:
    cut_off = [found["name"] for found in INCLUDE.finditer(TEMPLATES[name]) if re.search(r"\bonly\s*$", found["rest"])]
    assert [included for included in cut_off if holds_form(included)] == []


def test_partials_have_names_of_their_own() -> None:
    names = Counter(
        partial for source in TEMPLATES.values() for partial in re.findall(r"\{%\s*partialdef\s+([\w-]+)", source)
    )
    assert [name for name, count in names.items() if count > 1] == []


@EACH
def test_every_post_form_carries_its_token(name: str) -> None:
    forms = re.findall(
        r"<form\b[^>]*method=[\"']post[\"'].*?</form>",
        TEMPLATES[name],
        re.DOTALL | re.IGNORECASE,
    )
    assert [form[:80] for form in forms if "csrf_token" not in form] == []


def test_icons_named_in_templates_exist_in_the_sprite() -> None:
    drawn = set(
        re.findall(
            r'<symbol id="([\w-]+)"',
            (ROOT / "static/img/icons.svg").read_text(encoding="utf-8"),
        )
    )
    used = {
        icon
        for source in TEMPLATES.values()
        for icon in re.findall(r'(?:icons\.svg" %\}|\{\{ icons \}\})#([\w-]+)"', source)
    }
    assert used - drawn == set()


def test_frame_names_each_region_once() -> None:
    ids = Counter(re.findall(r'\sid="([\w-]+)"', TEMPLATES["base.html"]))
    assert [element for element, count in ids.items() if count > 1] == []
