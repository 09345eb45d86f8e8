"""A program that does not know whether a write arrived sends it again with the same `Idempotency-Key`: it is done once.

Only what was done is kept, for a day; what was refused may be sent again. A second one that comes while the first is
being done is told so. The answer is kept after the act, not with it: some acts wait for workers, who see only what is
committed. So one whose process died in between may be done again, when the same comes two minutes later.
"""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.bearer import SAFE
from accounts.models import Attempt
from net.problems import problem

WRITES = "/api/v1/"
HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT = timedelta(hours=24)
LOST_AFTER = timedelta(minutes=2)  # no write takes that long: whoever worked on it is gone
KEY_MAX = 200

Answer = Callable[[HttpRequest], HttpResponse]


def answered_once(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        attempt: Attempt | None = getattr(request, "attempt", None)
        if attempt is not None:
            _finish(attempt, response)
        return response

    def process_view(request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        key = request.headers.get(HEADER)
        if key is None or request.method in SAFE or not request.path_info.startswith(WRITES):
            return None
        if not 0 < len(key) <= KEY_MAX or not key.isprintable():
            return problem(422, _("An Idempotency-Key has from 1 to %(most)s characters.") % {"most": KEY_MAX})
        return _begin(request, key) if request.user.is_authenticated else None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def forget_old_attempts() -> None:
    Attempt.objects.filter(began_at__lt=timezone.now() - KEPT).delete()


def _begin(request: HttpRequest, key: str) -> HttpResponse | None:
    """The answer, if there is one without doing it."""
    try:
        digest = _digest(request)
    except (SuspiciousOperation, BadRequest, MultiPartParserError):
        return None  # too large, or not readable: the view says so
    now = timezone.now()
    address = f"{request.method} {request.path_info}"  # another method is another act, or none that is taken here
    which = {"member_id": request.user.pk, "path": address[:200], "key": key}
    attempt, is_new = Attempt.objects.get_or_create(**which, defaults={"digest": digest, "began_at": now})
    if not is_new and not _taken_over(attempt, digest, now):
        return _again(attempt, digest)
    request.attempt = attempt  # type: ignore[attr-defined]
    return None


def _taken_over(attempt: Attempt, digest: str, now: Any) -> bool:
    """Of an old one, or one that somebody began and never ended; by one of several at once."""
    until = now - (LOST_AFTER if attempt.status is None else KEPT)
    mine = Attempt.objects.filter(pk=attempt.pk, began_at=attempt.began_at, began_at__lt=until)
    return bool(mine.update(digest=digest, began_at=now, status=None))


def _again(attempt: Attempt, digest: str) -> HttpResponse:
    if attempt.digest != digest:
        return problem(422, _("Something else was sent with this Idempotency-Key before. Take another one."))
    if attempt.status is None:
        return problem(409, _("The same is being done already. Ask again in a moment."))
    headers = {REPLAYED: "true"}
    content = bytes(attempt.content)
    return HttpResponse(content, status=attempt.status, content_type=attempt.content_type or None, headers=headers)


def _finish(attempt: Attempt, response: HttpResponse) -> None:
    if response.streaming or not 200 <= response.status_code < 300:
        Attempt.objects.filter(pk=attempt.pk).delete()
        return
    Attempt.objects.filter(pk=attempt.pk).update(
        status=response.status_code,
        content_type=response.headers.get("Content-Type", ""),
        content=response.content,
    )


def _digest(request: HttpRequest) -> str:
    """What is asked with it. Files are read where they were written down; no body of that size is ever in memory."""
    found = sha256(f"{request.method} {request.get_full_path()}".encode())
    if request.content_type != "multipart/form-data":
        found.update(request.body)
        return found.hexdigest()
    for name, values in sorted(request.POST.lists()):
        found.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            found.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                found.update(chunk)
            file.seek(0)
    return found.hexdigest()
