"""Parsed Markdown to HTML. What it writes is checked once more by allowlist.py before anybody sees it."""

import re
from collections.abc import Sequence
from html import escape
from time import thread_time

from markdown_it.common.utils import unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from . import footnotes, rules
from .excerpt import plain_words
from .formulas import formula_html, source_with_reason
from .highlight import highlight
from .markers import marker_link

_ALIGNMENT = re.compile(r"text-align:(left|right|center)")
_LANGUAGE = re.compile(r"[a-z0-9+-]{1,30}")


class HtmlRenderer(RendererHTML):
    """Every method is named after the token that it draws."""

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<{_below_title(tokens[idx].tag)}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"</{_below_title(tokens[idx].tag)}>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        words = unescapeAll(tokens[idx].info).split()
        return _code_block(tokens[idx].content, words[0] if words else "", env)

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return _code_block(tokens[idx].content, "", env)

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A remote image would tell its host who reads: it becomes a link, inside a link its words."""
        token = tokens[idx]
        words = escape(plain_words(token.children or ()))
        source, title = str(token.attrGet("src") or ""), token.attrGet("title")
        address, hint = escape(source), f' title="{escape(str(title))}"' if title else ""
        if source in env["pictures"] and env["shown_pictures"] < rules.MAX_PICTURES:
            env["shown_pictures"] += 1
            width, height = env["pictures"][source]
            return f'<img src="{address}" alt="{words}"{hint} width="{width}" height="{height}" loading="lazy">'
        if _inside_link(tokens, idx):
            return words
        return f'<a class="image-link" href="{address}"{hint}>{words or address}</a>'

    def s_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "<del>"

    def s_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</del>"

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        attributes = self.renderAttrs(tokens[idx])
        return f'<div class="table"{attributes} role="group" aria-label="Table" tabindex="0"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return _cell(tokens[idx])

    def td_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return _cell(tokens[idx])

    def task_box(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        done = tokens[idx].meta["done"]
        state = ' checked="" aria-label="Done"' if done else ' aria-label="Not done"'
        return f'<input type="checkbox" disabled=""{state}> '

    def mention(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        word = tokens[idx].content
        address = env["mentions"].get(word[1:].lower())
        if address is None:
            return escape(word)
        return f'<a class="mention" href="{escape(address)}">{escape(word)}</a>'

    def marker(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return marker_link(tokens[idx], env)

    def math_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return _formula(tokens[idx], env, display=False)

    def math_display(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        formula = _formula(tokens[idx], env, display=True)
        return f'<span class="math" role="group" aria-label="Formula" tabindex="0">{formula}</span>'

    def math_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        formula = _formula(tokens[idx], env, display=True)
        return f'<div class="math" role="group" aria-label="Formula" tabindex="0">{formula}</div>\n'

    def footnote_ref(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return footnotes.reference(tokens[idx], env["key"])

    def footnote_anchor(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return footnotes.way_back(tokens[idx], env["key"])

    def footnote_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return footnotes.opening(tokens[idx], env["key"])

    def footnote_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</li>\n"

    def footnote_block_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<section class="footnotes"{self.renderAttrs(tokens[idx])}>\n<ol>\n'

    def footnote_block_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</ol>\n</section>\n"


def _below_title(tag: str) -> str:
    """The page around the text has the one h1: the headings of a text begin with h2."""
    return f"h{min(int(tag[1]) + 1, 6)}"


def _code_block(code: str, name: str, env: EnvType) -> str:
    start = thread_time()
    label, body = highlight(code, name, env["seconds_for_colours"])
    env["seconds_for_colours"] -= thread_time() - start
    language = f' class="language-{name.lower()}"' if _LANGUAGE.fullmatch(name.lower()) else ""
    shown = f'<span class="code__language">{escape(label)}</span>' if label else ""
    return (
        f'<div class="code"><div class="code__bar">{shown}'
        '<button type="button" class="code__copy" hidden="">Copy</button></div>'
        f'<pre role="group" aria-label="{escape(label or "Code")}" tabindex="0">'
        f"<code{language}>{body}</code></pre></div>\n"
    )


def _cell(token: Token) -> str:
    match = _ALIGNMENT.fullmatch(str(token.attrGet("style") or ""))
    return f'<{token.tag} class="align-{match[1]}">' if match else f"<{token.tag}>"


def _formula(token: Token, env: EnvType, *, display: bool) -> str:
    env["formulas"] += 1
    if env["formulas"] <= rules.MAX_FORMULAS:
        return formula_html(token.content, display=display)
    first_too_many = env["formulas"] == rules.MAX_FORMULAS + 1
    source = token.markup + token.content + token.markup
    return source_with_reason(source, "too many formulas in one text" if first_too_many else "")


def _inside_link(tokens: Sequence[Token], position: int) -> bool:
    depth = 0
    for token in tokens[:position]:
        if token.type in ("link_open", "link_close"):
            depth += token.nesting
    return depth > 0
