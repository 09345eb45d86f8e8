"""Problem documents (RFC 9457): what programs get when something is wrong."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse

TYPE = "application/problem+json"


class Problem(Exception):
    """Refuses what a program asked; `more` are members of the document beside the usual ones."""

    def __init__(self, status: int, sentence: str, *, retry_after: int | None = None, **more: Any) -> None:
        super().__init__(sentence)
        self.status = status
        self.retry_after = retry_after
        self.more = more

    @property
    def document(self) -> HttpResponse:
        response = problem(self.status, str(self), **self.more)
        if self.retry_after is not None:
            response.headers["Retry-After"] = str(self.retry_after)
        return response


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """`detail` is a sentence for people; `more` are members of the document beside the usual ones."""
    document = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    response = JsonResponse(document, status=status, content_type=TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
