"""Tells pages that a flame changed, so that it is drawn again where it stands."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django_htmx.http import trigger_client_event

from gamification.streaks.noted import listening

FLAME_CHANGED = "flame-changed"

Answer = Callable[[HttpRequest], HttpResponse]


def flame_changes(get_response: Answer) -> Answer:
    """With the answer to htmx goes an event, when an act was noted or taken out of sight."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with listening() as noted:
            response = get_response(request)
        if noted and request.headers.get("HX-Request"):
            trigger_client_event(response, FLAME_CHANGED)
        return response

    return middleware
