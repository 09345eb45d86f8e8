"""Comments are Markdown already, of a small kind: code, emphasis, links and a few short forms."""

import re

from communities.imports.escaping import escape_line_start, escape_text
from communities.imports.sites import NETWORK, Site

KEPT = re.compile(r"(`[^`]+`|\]\([^()\s]+(?:\s+\"[^\"]*\")?\)|https?://\S+)")
SPECIAL = re.compile(r"\$|~(?=~)|(?<=~)~|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\[(?=\^)|\^(?=\[)|!(?=\[)")
TAG = re.compile(r"\[(?:meta-)?tag:([^\s\[\]]+)\]")
SITE = re.compile(r"\[([a-z0-9-]+(?:\.meta)?)\.se\]")


def comment_to_markdown(text: str, site: Site) -> str:
    """The comment as Markdown in which nothing is marked up that was not in the original."""
    pieces = KEPT.split(" ".join(text.split()))
    pieces[::2] = [_plain(piece, site) for piece in pieces[::2]]
    return escape_line_start("".join(pieces))


def _plain(text: str, site: Site) -> str:
    text = escape_text(text, SPECIAL)
    text = TAG.sub(lambda tag: f"[{tag[1]}]({site.address}/questions/tagged/{tag[1]})", text)
    return SITE.sub(lambda short: f"[{short[1]}.se](https://{short[1]}.{NETWORK})", text)
