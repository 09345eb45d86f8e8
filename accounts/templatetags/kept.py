"""`{% text_waits as is_waiting %}`: whether what somebody wrote comes back after this sign-in."""

from django import template
from django.template.context import RequestContext

from accounts.kept import waits_behind_sign_in

register = template.Library()


@register.simple_tag(takes_context=True)
def text_waits(context: RequestContext) -> bool:
    return waits_behind_sign_in(context["request"])
