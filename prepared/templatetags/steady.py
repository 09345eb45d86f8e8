"""`{% steady name=value … %} … {% endsteady %}`: a part of the page that equal values make equal for everybody.

It is rendered once in each language and kept in this process. Inside, nothing is known but the named values and what
tags find out by themselves: no request, no member, no token. So nobody gets what belongs to somebody else.
"""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT_AT_MOST = 500

register = template.Library()


class SteadyNode(template.Node):
    """The memory is the node's: templates that are read again, as while developing, begin with an empty one.

    No block can be inside, so nobody looks for one: a page that extends another looks through all of it each time.
    """

    child_nodelists = ()

    def __init__(self, nodelist: NodeList, values: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.values = values
        self.kept: dict[tuple[str | None, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = {name: expression.resolve(context) for name, expression in self.values.items()}
        key = (get_language(), *map(str, values.values()))
        html = self.kept.get(key)
        if html is None:
            if len(self.kept) >= KEPT_AT_MOST:
                self.kept.clear()
            alone = Context(values)
            with alone.bind_template(context.template):  # type: ignore[arg-type] # bound while it renders
                html = self.kept[key] = self.nodelist.render(alone)
        return html


@register.tag
def steady(parser: Parser, token: Token) -> SteadyNode:
    bits = token.split_contents()[1:]
    values: dict[str, Any] = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"steady takes name=value only, not {bits[0]!r}")
    nodelist = parser.parse(("endsteady",))
    parser.delete_first_token()
    return SteadyNode(nodelist, values)
