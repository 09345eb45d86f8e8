"""Numbers of `rules` that fields written by hand in templates keep to."""

from django import template

from communities import rules

register = template.Library()


@register.simple_tag
def search_max() -> int:
    """Characters of a search."""
    return rules.SEARCH_MAX


@register.simple_tag
def list_name_max() -> int:
    """Characters of the name of a kept list."""
    return rules.LIST_NAME_MAX
