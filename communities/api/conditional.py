"""Answers that a program has already are not sent again."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from communities.api.kept import shape


def unless_known(request: HttpRequest, response: HttpResponse, *facts: object) -> HttpResponse | None:
    """Names in `ETag` what the answer is made of, as this reader sees it; 304 for a program that has just that."""
    etag = f'"{sha256(repr((shape(), facts)).encode()).hexdigest()[:24]}"'
    response.headers["ETag"] = etag
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        known.headers["ETag"] = etag
    return known
