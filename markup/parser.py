"""The Markdown dialect of Cairn: CommonMark, the GitHub extensions, footnotes, mathematics, mentions."""

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol

from . import rules
from .autolinks import add_autolinks
from .footnotes import add_footnotes
from .limits import add_limits
from .math_syntax import add_math_syntax
from .tasks import add_tasks


def build_parser(renderer: type[RendererProtocol]) -> MarkdownIt:
    """A parser with every rule of the dialect and raw HTML off."""
    # The parser's own limit drops what lies deeper without a word; limits.py comes first and says so.
    md = MarkdownIt(
        "commonmark",
        {"html": False, "maxNesting": rules.MAX_NESTING + 3},
        renderer_cls=renderer,
    )
    md.enable(["table", "strikethrough"])
    add_limits(md)
    add_footnotes(md)
    add_math_syntax(md)
    add_autolinks(md)
    add_tasks(md)
    return md
