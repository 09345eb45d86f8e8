"""A question in three parts, kept as one text: each part under its heading, so it reads and edits as any other.

What was begun in the form of one kind opens in that of another with all its words.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

HEADINGS = {
    "goal": _("Goal"),
    "tried": _("What I tried"),
    "stuck": _("Where I am stuck"),
}
"""By the name of the field, in order."""

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


def as_one_text(parts: Mapping[str, str]) -> str:
    """Markdown of the parts that say something."""
    said = {name: parts.get(name, "").strip() for name in HEADINGS}
    return "\n\n".join(f"## {HEADINGS[name]}\n\n{closed(text)}" for name, text in said.items() if text)


def words_beside_title(sent: Mapping[str, str]) -> str:
    """What a form for a new post, of any kind, says below its title; without the headings."""
    return " ".join(sent.get(name, "").replace("\0", "") for name in ("body", *HEADINGS))


def in_one_text(begun: Mapping[str, Any], template: str) -> dict[str, Any]:
    """For a form without parts: those that were begun follow its text. What the community wrote there is none."""
    parts = {name: begun.get(name, "") for name in HEADINGS}
    if parts["tried"].split() == template.split():
        del parts["tried"]
    return _with(begun, "body", as_one_text(parts))


def in_parts(begun: Mapping[str, Any]) -> dict[str, Any]:
    """For the form of a question: a text without parts is something that was tried."""
    return _with(begun, "tried", begun.get("body", ""))


def _with(begun: Mapping[str, Any], name: str, text: str) -> dict[str, Any]:
    """The fields, `text` standing below what the one called `name` says already."""
    said = [each for each in (begun.get(name, ""), text) if each.strip()]
    return {**begun, name: "\n\n".join(said)} if text.strip() else dict(begun)


def closed(text: str) -> str:
    """A block of code that nobody ended would swallow the next heading."""
    fence = ""
    for line in text.splitlines():
        found = FENCE.fullmatch(line)
        if not found:
            continue
        if not fence:
            fence = found[1]
        elif found[1].startswith(fence) and not found[2].strip():
            fence = ""
    return f"{text}\n{fence}" if fence else text
