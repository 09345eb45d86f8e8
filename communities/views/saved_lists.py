"""Lists under a name of one's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from communities.actions.saving import begin_with, delete_list, hear_of_list, save_list
from communities.actions.unfit import Unfit
from communities.forms.buttons import YesNoForm
from communities.forms.lists import SaveListForm
from communities.models import SavedList
from communities.views.access import count_against_limit


@require_http_methods(["GET", "POST"])
@signed_in
def create(request: MemberRequest) -> HttpResponse:
    if request.method == "GET":
        return redirect("communities:feed")
    form = SaveListForm(request.POST)
    if form.is_valid():
        count_against_limit(request, "edit")
        try:
            saved = save_list(by=request.user, **form.cleaned_data)
        except Unfit as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept as %(name)s; your feed shows it at the side.") % {"name": saved.name})
            return redirect(saved)
    return render(request, "communities/save_list_page.html", {"form": form}, status=422)


@require_http_methods(["GET", "POST"])
@signed_in
def begin(request: MemberRequest, pk: int) -> HttpResponse:
    """POST `value` 1: the feed opens with this list from now on; 0: with the usual one again."""
    saved = get_object_or_404(SavedList.objects.of(request.user), pk=pk)
    if request.method == "POST":
        is_wanted = YesNoForm(request.POST).pressed()["value"]
        begin_with(saved if is_wanted else None, by=request.user)
    return redirect("communities:feed")


@require_http_methods(["GET", "POST"])
@signed_in
def hear(request: MemberRequest, pk: int) -> HttpResponse:
    """POST `value` 1: what is new there comes to the inbox once a day; 0: no longer."""
    saved = get_object_or_404(SavedList.objects.of(request.user), pk=pk)
    if request.method == "POST":
        is_wanted = YesNoForm(request.POST).pressed()["value"]
        count_against_limit(request, "follow")
        hear_of_list(saved, by=request.user, is_wanted=bool(is_wanted))
    return redirect("communities:feed")


@require_safe
@signed_in
def show(request: MemberRequest, pk: int) -> HttpResponse:
    return redirect(get_object_or_404(SavedList.objects.of(request.user), pk=pk))


@require_http_methods(["GET", "POST"])
@signed_in
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    saved = SavedList.objects.of(request.user).filter(pk=pk).first()
    if request.method == "POST":
        if saved:
            delete_list(saved, by=request.user)
        messages.success(request, _("The list is no longer kept."))
    return redirect("communities:feed")
