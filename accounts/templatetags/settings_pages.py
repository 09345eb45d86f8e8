"""`{% settings_nav %}`: the list of the pages of one's settings, beside each of them."""

from typing import Any

from django import template
from django.template.context import RequestContext

from accounts.settings_pages import settings_pages

register = template.Library()


@register.inclusion_tag("accounts/_settings_nav.html", takes_context=True)
def settings_nav(context: RequestContext) -> dict[str, Any]:
    """Nothing for strangers, who can choose a language, light or dark and nothing else."""
    request = context.request
    if not request.user.is_authenticated or request.resolver_match is None:
        return {"pages": ()}
    here = request.resolver_match.view_name
    pages = settings_pages()
    current = next((page for page in pages if here in (page.address, *page.within)), None)
    return {"pages": pages, "current": current, "is_within": current is not None and current.address != here}
