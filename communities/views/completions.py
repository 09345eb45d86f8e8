"""What an @ or a # may mean, while a member of the community types it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities import permissions, rules
from communities.completions import people_called, tags_called
from communities.views.access import count_against_limit, seen_community


@require_safe
def completions(request: HttpRequest, slug: str) -> HttpResponse:
    community, me = seen_community(request, slug)
    if me is None or not permissions.can_ask(me):
        raise PermissionDenied(_("Only members of this community can write here."))
    count_against_limit(request, "completion")
    word = request.GET.get("word", "")[: rules.COMPLETED_MAX]
    sign, beginning = word[:1], word[1:]
    context = {
        "people": people_called(beginning, community, but_not=me.user_id) if sign == "@" and beginning else [],
        "tags": tags_called(beginning, community) if sign == "#" and beginning else [],
    }
    return render(request, "communities/_completions.html", context)
