"""The small picture beside a member's name."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.stones import SIDE, pile

register = template.Library()


@register.simple_tag
def avatar(member: User | None, size: str = "") -> SafeString:
    """Their picture, or their stones drawn into the page: a list of thirty people costs no request."""
    modifier = f" avatar--{size}" if size else ""
    if member is not None and member.avatar:
        return format_html(
            '<img class="avatar{}" src="{}" alt="" width="80" height="80" loading="lazy">',
            modifier,
            member.avatar_url,
        )
    return format_html(
        '<svg class="avatar{}" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>',
        modifier,
        SIDE,
        SIDE,
        pile(member.username if member is not None else ""),
    )
