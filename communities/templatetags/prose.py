"""The one place where stored HTML is printed."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def prose(html: str, lang: str = "") -> SafeString:
    """Prints what `markup.render` made, where htmx does nothing (its 2.x obeys hx-disable, its 4.x hx-ignore).

    `lang` is the language of the text, "" where that is not known.
    """
    spoken = format_html(' lang="{}"', lang) if lang else ""
    return format_html('<div class="prose"{} hx-disable hx-ignore>{}</div>', spoken, mark_safe(html))  # noqa: S308
