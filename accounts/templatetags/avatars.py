"""The small picture beside the name of a member or of a place."""

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
    return _drawn(f"avatar{modifier}", member.username if member is not None else "")


@register.simple_tag
def place(name: str) -> SafeString:
    """The pile that stands for a place, say a community, instead of a person."""
    return _drawn("avatar avatar--place", name)


def _drawn(css_class: str, name: str) -> SafeString:
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>', css_class, SIDE, SIDE, pile(name)
    )
