"""What kind of request a view gets."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class PageRequest(HttpRequest):
    """Any request that has passed the middleware."""

    htmx: HtmxDetails


class MemberRequest(PageRequest):
    """A request that `signed_in` let pass."""

    user: User
