"""The ways to its pages, in the member's menu."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def menu_items(request: HttpRequest) -> SafeString:
    return render_to_string("gamification/_menu_items.html", {}, request)
