"""Links and mentions that are written as plain words: https://…, www.…, name@host, @name."""

import re
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from . import rules

# Every repeat is possessive or anchored behind a boundary, so that no text makes the search quadratic.
_WEB_ADDRESS = re.compile(r"://[\w.-]++(?::\d+)?(?:[/?#][^\s<>\[\]`]*+)?")
_SCHEME = re.compile(r"(?:^|[^A-Za-z0-9+.-])(https?)$", re.IGNORECASE)
_WORDS = re.compile(
    r"(?P<host>(?<![\w.@/-])www\.[\w-]++(?:\.[\w-]++)++(?:[:/?#][^\s<>\[\]]*+)?)"
    r"|(?P<mail>(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]++@[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++)++(?![\w@]))"
    r"|(?P<name>(?<![\w.@/+-])@(?P<user>[A-Za-z0-9_.-]++)(?!@))",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&[A-Za-z0-9]{1,31};$")


def add_autolinks(md: MarkdownIt) -> None:
    md.inline.ruler.push("autolinks", _web_address)
    md.core.ruler.push("autolinks", _words)


def _web_address(state: StateInline, silent: bool) -> bool:
    """An address is taken while the line is parsed, or its underscores would become emphasis."""
    if state.src[state.pos] != ":" or state.linkLevel > 0:
        return False
    match = _WEB_ADDRESS.match(state.src, state.pos)
    scheme = match and _SCHEME.search(state.pending[-6:])
    if not match or not scheme:
        return False
    rest = _trim(match[0])
    if len(rest) <= len("://"):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[1])]
        address = scheme[1] + rest
        state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(address)}
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def _trim(address: str) -> str:
    """Punctuation at the end belongs to the sentence, and so does a bracket that was opened before it."""
    surplus = address.count(")") - address.count("(")
    while address:
        last = address[-1]
        if last == ")" and surplus > 0:
            surplus -= 1
            address = address[:-1]
        elif last in "?!.,:*_~'\"":
            address = address[:-1]
        elif last == ";":
            entity = _ENTITY.search(address[-33:])
            address = address[: -len(entity[0])] if entity else address[:-1]
        else:
            break
    return address


def _words(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = list(_with_links(token.children, state.md.normalizeLink))


def _with_links(children: list[Token], normalize: Callable[[str], str]) -> Iterator[Token]:
    depth = 0
    for child in children:
        if child.type in ("link_open", "link_close"):
            depth += child.nesting
        if child.type == "text" and depth == 0 and ("@" in child.content or "www." in child.content.lower()):
            yield from _split(child.content, normalize)
        else:
            yield child


def _split(text: str, normalize: Callable[[str], str]) -> Iterator[Token]:
    done = 0
    for match in _WORDS.finditer(text):
        if match["host"]:
            word = _trim(match["host"])
            tokens = _link("http://" + word, word, normalize)
        elif match["mail"]:
            word = match["mail"]
            tokens = _link("mailto:" + word, word, normalize) if word[-1] not in "-_" else []
        else:
            name = match["user"].rstrip(".-")
            word = "@" + name
            tokens = [Token("mention", "a", 0, content=word)] if _is_user_name(name) else []
        if tokens:
            yield Token("text", "", 0, content=text[done : match.start()])
            yield from tokens
            done = match.start() + len(word)
    yield Token("text", "", 0, content=text[done:])


def _is_user_name(name: str) -> bool:
    return rules.MIN_USER_NAME_CHARACTERS <= len(name) <= rules.MAX_USER_NAME_CHARACTERS


def _link(address: str, text: str, normalize: Callable[[str], str]) -> list[Token]:
    return [
        Token("link_open", "a", 1, attrs={"href": normalize(address)}),
        Token("text", "", 0, content=text),
        Token("link_close", "a", -1),
    ]
