"""What the API answers when something is wrong."""

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from net.limits import TooOften
from net.problems import Problem, problem


def answer_with_problems(api: NinjaAPI) -> None:
    """For everything that views raise on purpose; what they do not goes on to the page for errors of ours."""

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        faults = [{"where": _place(fault["loc"]), "detail": fault["msg"]} for fault in error.errors]
        return problem(422, _("Something in the request is not as it should be."), errors=faults)

    @api.exception_handler(AuthenticationError)
    def signed_out(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return problem(401, _("Sign in first."))

    @api.exception_handler(HttpError)
    def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
        known = error.__cause__  # the library says 400 of all that a parser raises
        return known.document if isinstance(known, Problem) else problem(error.status_code, str(error))

    @api.exception_handler(Problem)
    def named(request: HttpRequest, error: Problem) -> HttpResponse:
        return error.document

    @api.exception_handler(PermissionDenied)
    def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return problem(403, str(error) or _("You may not do this."))

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, _("This is not here."))

    @api.exception_handler(RequestDataTooBig)
    def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
        return problem(413, _("Beside files a request has room for %(most)s MB.") % {"most": most})

    @api.exception_handler(BadRequest)
    def bad(request: HttpRequest, error: BadRequest) -> HttpResponse:
        return problem(400, str(error))

    @api.exception_handler(TooOften)
    def too_often(request: HttpRequest, error: TooOften) -> HttpResponse:
        response = problem(429, error.sentence or _("That was a lot at once. Please try again later."))
        response.headers["Retry-After"] = str(error.retry_after)
        return response


def _place(loc: Sequence[str | int]) -> list[str | int]:
    """By the names that the program gave: what is sent has none of its own."""
    return [part for number, part in enumerate(loc) if (number, part) != (1, "sent")]
