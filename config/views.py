"""The front door, the health checks, and the pages for when something is wrong."""

import errno
import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, TooManyFilesSent
from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.consents import RULES
from accounts.kept import gives_text_back, keep_text
from accounts.requests import PageRequest
from accounts.welcome import way_of
from ai_assist.models import IndexGeneration
from ai_assist.stores.sign import answers, in_use
from communities.home import landing, member_home
from communities.views.drafts import tell_signed_out
from config.watching import is_watcher
from net.limits import TooOften
from net.problems import problem
from outbox.tasks import WORKER_SEEN_KEY

MB = 1024 * 1024
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
API = "/api/"
"""There programs get each of these as a problem document."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Members see what needs them; strangers see real questions and answers."""
    if request.user.is_authenticated:
        return render(request, "home/member_page.html", member_home(request.user) | {"way": way_of(request.user)})
    return render(request, "home/landing_page.html", landing())


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "home/about_page.html")


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    return render(request, "home/rules_page.html", {"version": RULES})


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when pages can be served; without Redis, workers or store of vectors the answer says `degraded`, without
    database it is 503. Who watches is told besides what is in use."""
    parts = {"database": _database_answers(), "redis": _redis_answers()}
    parts["worker"] = parts["redis"] and bool(cache.get(WORKER_SEEN_KEY))
    generation = _generation() if parts["database"] else None
    parts["store"] = generation is not None and answers(generation)
    state = "ready" if all(parts.values()) else "degraded"
    said: dict[str, object] = {"state": state if parts["database"] else "unavailable"}
    said |= {name: "ok" if is_there else "away" for name, is_there in parts.items()}
    if generation is not None and is_watcher(request):
        chat_model = settings.AI_CHAT_MODEL
        said["in_use"] = {"store": generation.store, "embedder": generation.embedder, "chat_model": chat_model}
    return JsonResponse(said, status=200 if parts["database"] else 503)


def _generation() -> IndexGeneration | None:
    """None before the first migration."""
    try:
        return in_use()
    except DatabaseError:
        return None


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _redis_answers() -> bool:
    """Asks the server itself: the cache would answer from this process's memory."""
    from redis import Redis, RedisError

    try:
        return bool(Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5).ping())
    except RedisError:
        return False


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for what cannot be read, 422 with its sentence for what no page of ours sends; nothing of the inside is said.

    Drawn without asking who is there: the fault may lie in what would say so.
    """
    if isinstance(exception, BadRequest):
        return _sorry(request, "400.html", 422, str(exception))
    if isinstance(exception, RequestDataTooBig):
        said = _("This is more than %(most)s MB, which is the most that Cairn takes at once. Nothing of it was saved.")
        status = 413 if request.path_info.startswith(API) else 400
        return _sorry(request, "400.html", status, said % {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MB})
    if isinstance(exception, TooManyFilesSent):
        said = _("These are more than %(most)s files, which is the most that Cairn looks at. Nothing of it was saved.")
        return _sorry(request, "400.html", 400, said % {"most": settings.DATA_UPLOAD_MAX_NUMBER_FILES})
    return _sorry(request, "400.html", 400, _("Cairn could not read what your browser sent. Nothing was saved."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the sentence of the refusal; for HTMX as a message in place."""
    sentence = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _sorry(request, "403.html", 403, sentence or _("You may not do this."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _sorry(request, "404.html", 404, _("This is not here."))


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429 with Retry-After. What was written comes back with the page."""
    seconds, said = (exception.retry_after, exception.sentence) if isinstance(exception, TooOften) else (60, "")
    if request.method == "POST":
        keep_text(request)
    minutes = -(-seconds // 60)
    sentence = _("That was a lot at once. Please try again in %(minutes)s min.") % {"minutes": minutes}
    response = _sorry(request, "429.html", 429, said or sentence)
    response.headers["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, a calm 503 when the database is away or too slow, 507 when a file found no room. Drawn without asking who is
    there."""
    fault = sys.exc_info()[1]
    if isinstance(fault, OSError) and fault.errno in NO_ROOM:
        return _sorry(request, "507.html", 507, _("There is no room for this file now. Please try again later."))
    if isinstance(fault, (OperationalError, InterfaceError)):
        said = _("Cairn cannot get at its data just now. Please try again soon.")
        return _trouble(request, "503.html", 503, said, wait="10")
    return _trouble(request, "500.html", 500, _("Something went wrong here, and it was not you."))


def csrf_failure(request: PageRequest, reason: str = "") -> HttpResponse:
    """A form of ours that is out of date (signed in again in another tab) comes back with its text; others get 403.

    What a page asks for by itself, like a preview, says so in place: nobody is taken away from what they write.
    """
    if request.headers.get("Sec-Fetch-Site") == "same-origin" or _is_ours(request.headers.get("Origin", "")):
        if request.headers.get("HX-Request") and not gives_text_back(request):
            asked = request.resolver_match and request.resolver_match.view_name
            if request.user.is_anonymous and asked == "communities:draft_save":
                return tell_signed_out(request)
            return _sorry(
                request, "403.html", 403, _("This page is out of date. Save what you wrote, then open it again.")
            )
        keep_text(request)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": request.path})
        return redirect(request.path)
    return render(request, "403_csrf.html", status=403)


def _is_ours(origin: str) -> bool:
    return bool(origin) and urlsplit(origin).netloc == urlsplit(settings.SITE_URL).netloc


def _sorry(request: HttpRequest, template: str, status: int, sentence: str) -> HttpResponse:
    if request.path_info.startswith(API):
        return problem(status, sentence)
    if request.headers.get("HX-Request"):
        response = render(request, "components/toast.html", {"message": sentence, "level": "warning"}, status=status)
        response.headers["HX-Retarget"] = "#toasts"
        response.headers["HX-Reswap"] = "beforeend"
        return response
    back = reverse("home")
    return render(request, template, {"sentence": sentence, "number": status, "back": back}, status=status)


def _trouble(request: HttpRequest, template: str, status: int, sentence: str, wait: str = "") -> HttpResponse:
    """Without asking anything of what may be broken; the sentence is for programs, pages have their own."""
    if request.path_info.startswith(API):
        response = problem(status, sentence)
    else:
        response = HttpResponse(render_to_string(template), status=status)
    if wait:
        response.headers["Retry-After"] = wait
    return response
