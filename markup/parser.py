"""The Markdown dialect of Cairn: CommonMark, the GitHub extensions, footnotes, mathematics, mentions."""

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol

from . import rules
from .autolinks import add_autolinks
from .directions import add_directions
from .footnotes import add_footnotes
from .limits import add_limits
from .markers import add_markers
from .math_syntax import add_math_syntax
from .tasks import add_tasks


def build_parser(renderer: type[RendererProtocol]) -> MarkdownIt:
    """A parser with every rule of the dialect and raw HTML off."""
    md = _common(renderer)
    add_footnotes(md)
    add_autolinks(md)
    add_tasks(md)
    return md


def build_quoting_parser(renderer: type[RendererProtocol]) -> MarkdownIt:
    """A parser for what nobody here wrote: no links, pictures, footnotes and mentions, only markers of citations."""
    md = _common(renderer)
    add_markers(md)
    return md


def _common(renderer: type[RendererProtocol]) -> MarkdownIt:
    # The parser's own limit drops what lies deeper without a word; limits.py comes first and says so.
    md = MarkdownIt(
        "commonmark",
        {"html": False, "maxNesting": rules.MAX_NESTING + 3},
        renderer_cls=renderer,
    )
    md.enable(["table", "strikethrough"])
    add_limits(md)
    add_math_syntax(md)
    add_directions(md)
    return md
