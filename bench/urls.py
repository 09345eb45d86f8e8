"""The view that everything is compared with: it gives the same bytes each time."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

BYTES = b"0123456789abcdef" * 64


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BYTES, content_type="text/plain")


urlpatterns = [path("_constant", constant), path("_constant_in_cairn", constant)]
