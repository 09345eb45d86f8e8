"""What the pipeline does otherwise than the CommonMark specification, each change with its reason."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from markdown_it.renderer import RendererHTML

from markup.parser import build_parser
from tests.markup.reading import End, Piece, Start, pieces, without_gaps

RAW_HTML = "raw HTML is shown as text: it could run anything"
BARE_ADDRESS = "bare addresses become links, as on GitHub"

_PLAIN = build_parser(RendererHTML)
_STRICT = build_parser(RendererHTML)
_STRICT.options["html"] = True
_STRICT.disable("autolinks")


def expected_pieces(markdown: str, html: str) -> tuple[list[Piece], list[str]]:
    """What the whole pipeline owes for an example, and the reasons why it is not what the specification says."""
    reasons = []
    found = without_gaps(pieces(html))
    tokens = [token for outer in _STRICT.parse(markdown) for token in (outer, *(outer.children or ()))]
    if any(token.type in ("html_block", "html_inline") for token in tokens):
        reasons.append(RAW_HTML)
        found = without_gaps(pieces(_PLAIN.render(markdown)))
    elif without_gaps(pieces(_PLAIN.render(markdown))) != found:
        reasons.append(BARE_ADDRESS)
        found = without_gaps(pieces(_PLAIN.render(markdown)))
    for reason, change in CHANGES.items():
        changed = without_gaps(_joined(change(found)))
        if changed != found:
            reasons.append(reason)
        found = changed
    return found, reasons


def _images_to_links(found: list[Piece]) -> Iterator[Piece]:
    links = 0
    for piece in found:
        if isinstance(piece, Start | End) and piece.tag == "a":
            links += 1 if isinstance(piece, Start) else -1
        if not isinstance(piece, Start) or piece.tag != "img":
            yield piece
        elif links:
            yield piece["alt"]
        else:
            title = piece["title"] or None
            yield Start("a").with_attributes(**{"class": "image-link", "href": piece["src"], "title": title})
            yield piece["alt"] or piece["src"]
            yield End("a")


def _headings_below_title(found: list[Piece]) -> Iterator[Piece]:
    for piece in found:
        if isinstance(piece, Start | End) and re.fullmatch("h[1-5]", piece.tag):
            yield replace(piece, tag=f"h{int(piece.tag[1]) + 1}")
        else:
            yield piece


def _known_schemes(found: list[Piece]) -> Iterator[Piece]:
    for piece in found:
        if isinstance(piece, Start) and piece.tag == "a":
            scheme = urlsplit(piece["href"]).scheme
            keep = scheme in ("", "http", "https", "mailto")
            yield piece if keep else piece.with_attributes(href=None)
        else:
            yield piece


def _rel(found: list[Piece]) -> Iterator[Piece]:
    for piece in found:
        is_link = isinstance(piece, Start) and piece.tag == "a"
        yield piece.with_attributes(rel="nofollow ugc noopener") if is_link else piece


def _framed_code(found: list[Piece]) -> Iterator[Piece]:
    for position, piece in enumerate(found):
        if isinstance(piece, Start) and piece.tag == "pre":
            language = found[position + 1]["class"].removeprefix("language-")
            label = {"ruby": "Ruby", "c": "C"}.get(language, language)
            yield Start("div", (("class", "code"),))
            yield Start("div", (("class", "code__bar"),))
            if label:
                yield from (Start("span", (("class", "code__language"),)), label, End("span"))
            yield Start("button", (("class", "code__copy"), ("hidden", ""), ("type", "button")))
            yield from ("Copy", End("button"), End("div"))
            yield Start("pre", (("aria-label", label or "Code"), ("role", "group"), ("tabindex", "0")))
        else:
            yield piece
            if isinstance(piece, End) and piece.tag == "pre":
                yield End("div")


def _language_class(found: list[Piece]) -> Iterator[Piece]:
    for piece in found:
        is_code = isinstance(piece, Start) and piece.tag == "code" and piece["class"]
        if is_code and not re.fullmatch(r"language-[a-z0-9+-]{1,30}", piece["class"]):
            yield piece.with_attributes(**{"class": None})
        else:
            yield piece


CHANGES: dict[str, Callable[[list[Piece]], Iterator[Piece]]] = {
    "headings begin with h2: the page has the one h1": _headings_below_title,
    "images become links: a remote one tells its host who reads": _images_to_links,
    "addresses keep their scheme only if it is http, https or mailto": _known_schemes,
    "links carry rel: they are the member's, not ours": _rel,
    "code blocks get a frame with language and copy button": _framed_code,
    "the class of a language is made of a-z, 0-9, + and -": _language_class,
}


def _joined(found: Iterator[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in found:
        if joined and isinstance(piece, str) and isinstance(joined[-1], str):
            joined[-1] += piece
        elif piece != "":
            joined.append(piece)
    return joined
