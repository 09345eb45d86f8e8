"""`{% slot "name" key=value %}`: a place that apps of a higher floor may fill."""

from django import template
from django.template.context import RequestContext
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from accounts.slots import filled

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: RequestContext, name: str, **given: object) -> SafeString:
    return format_html_join("\n", "{}", ((html,) for html in filled(name, context.request, **given)))
