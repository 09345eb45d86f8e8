"""What was used of the allowances: by oneself, and by a community for those who moderate it."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from ai_assist.allowances import Whose, left
from ai_assist.library import Library
from ai_assist.used import days
from ai_assist.views.access import seen_library
from communities.models import Community


@signed_in
@require_safe
def own(request: MemberRequest) -> HttpResponse:
    return _page(request, seen_library(request, None), Whose(member=request.user))


@signed_in
@require_safe
def of_community(request: MemberRequest, slug: str) -> HttpResponse:
    library = seen_library(request, slug)
    if library.me is None or not library.me.is_moderator:
        raise PermissionDenied(_("Only moderators see what the community used."))
    return _page(request, library, Whose(community=library.community))


def _page(request: MemberRequest, library: Library, whose: Whose) -> HttpResponse:
    others = Community.objects.moderated_by(request.user)
    context = {
        "library": library,
        "community": library.community,
        "me": library.me,
        "left": left(whose),
        "days": list(days(whose)),
        "model": settings.AI_CHAT_MODEL,
        "others": [one for one in others if one != library.community],
    }
    return render(request, "ai_assist/usage_page.html", context)
