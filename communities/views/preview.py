"""What a text will look like, through the same pipeline as when it is saved.

A page asks for it by itself while somebody types, so nobody is sent away to sign in from here.
"""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

import markup
from communities import permissions, rules
from communities.guided import as_one_text
from communities.lints import names_beyond, warnings
from communities.views.access import count_against_limit, seen_community
from communities.writing import html_of, mentioned_members, pictures_in


def in_community(request: HttpRequest, slug: str) -> HttpResponse:
    """With what only this community knows: who its members are, and its pictures."""
    community, me = seen_community(request, slug)
    _check_signed_in(request)
    if not permissions.can_ask(me):
        raise PermissionDenied(_("Only members of this community can write here."))
    count_against_limit(request, "preview")
    body = _source(request)
    most = permissions.most_mentions(me)
    html = html_of(body, mentioned_members(community, body, most), pictures_in(body, community))
    said = [*_warnings(request.POST.dict()), *names_beyond(body, most)]
    return render(request, "communities/_preview.html", {"html": html, "warnings": said})


def _warnings(sent: Mapping[str, str]) -> list[Promise]:
    """About the whole post, when it is one that is not there yet; its form says which kind."""
    if "kind" not in sent:
        return []
    whole = as_one_text(sent) if "goal" in sent else sent.get("body", "")
    return warnings(sent["kind"], whole[: rules.POST_MAX])


def preview(request: HttpRequest) -> HttpResponse:
    """Of a text that belongs to no community yet."""
    _check_signed_in(request)
    count_against_limit(request, "preview")
    return render(request, "communities/_preview.html", {"html": markup.render(_source(request))})


def _check_signed_in(request: HttpRequest) -> None:
    if request.user.is_anonymous:
        raise PermissionDenied(_("Sign in again, in another tab, to see a preview."))


def _source(request: HttpRequest) -> str:
    return request.POST.get("body", "")[: rules.POST_MAX]
