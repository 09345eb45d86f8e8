"""The way to its pages, beside the settings of a community."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from communities.models import Community


def settings_link(request: HttpRequest, community: Community) -> SafeString:
    return render_to_string("webhooks/_settings_link.html", {"community": community}, request)
