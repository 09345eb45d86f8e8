"""Where somebody says which language they read: members for all their devices, others for this browser."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from accounts import actions
from accounts.forms import LanguageForm
from accounts.middleware import member_of
from accounts.views import SAVING, way_back
from net.limits import spend


@never_cache
def language(request: HttpRequest) -> HttpResponse:
    """The cookie is set for members, too: so the pages before their next sign-in speak as they do."""
    is_sent = request.method == "POST"
    form = LanguageForm(request.POST if is_sent else None, initial={"language": get_language()})
    came_from = way_back(request)
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        if member := member_of(request):
            spend("settings", member.pk, SAVING)
            actions.speak(member, chosen)
        return _with_language(redirect(came_from), chosen)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/language_page.html", {"form": form, "next": came_from}, status=status)


def _with_language(response: HttpResponse, chosen: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
