"""`{% providers as others %}`: who else may say who somebody is, in the order of the buttons."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from django import template

register = template.Library()


@register.simple_tag
def providers() -> list[SocialApp]:
    apps: list[SocialApp] = get_adapter().list_apps(None)
    return apps
