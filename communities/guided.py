"""A question in three parts, kept as one text: each part under its heading, so it reads and edits as any other."""

import re
from collections.abc import Mapping

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
