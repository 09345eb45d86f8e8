"""Searching everything that one may see, or one community."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities import rules
from communities.forms.search import SearchForm
from communities.models import Community, Membership
from communities.searching.find import ORDER_NAMES, Order, search
from communities.searching.mistyped import titles_like
from communities.searching.results import result_rows
from communities.views.access import count_search, seen_community


@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    return _search(request, None, None)


@require_safe
def inside(request: HttpRequest, slug: str) -> HttpResponse:
    return _search(request, *seen_community(request, slug))


def _search(request: HttpRequest, community: Community | None, me: Membership | None) -> HttpResponse:
    form = SearchForm({"q": request.GET.get("q", "")})
    context: dict[str, Any] = {"form": form, "community": community, "me": me}
    if not form.is_valid():
        return render(request, "communities/search_page.html", context, status=422)
    text = form.cleaned_data["q"]
    if text:
        count_search(request)
        found = search(text, request.user, community, _order(request))
        if found.is_senseless:
            context |= {"text": text, "search": found}
            return render(request, "communities/search_page.html", context, status=422)
        address = urlencode({"q": text, "order": found.order})
        page = Paginator(found.ids, rules.SEARCH_PER_PAGE).get_page(request.GET.get("page"))
        context |= {
            "text": text,
            "search": found,
            "page": page,
            "rows": result_rows(found, request.user, list(page), community),
            "similar": [] if found.ids else titles_like(found.query.words, request.user, community),
            "orders": [(order, name, urlencode({"q": text, "order": order})) for order, name in ORDER_NAMES.items()],
            "address": address,
            "list_address": f"{request.path}?{address}",
        }
    return render(request, "communities/search_page.html", context)


def _order(request: HttpRequest) -> Order:
    try:
        return Order(request.GET.get("order", Order.RELEVANCE))
    except ValueError:
        return Order.RELEVANCE
