"""From one page of a list to the next."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def lead_on(request: HttpRequest, response: HttpResponse, **further: object) -> None:
    """In `Link`: to the same address with these words in its question."""
    question = request.GET.copy()
    for name, value in further.items():
        question[name] = str(value)
    response.headers["Link"] = f'<{settings.SITE_URL}{request.path}?{question.urlencode()}>; rel="next"'
