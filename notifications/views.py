"""The inbox: what a member was told."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from notifications.actions import mark_all_read, mark_read
from notifications.forms import UpToForm
from notifications.models import Notification
from notifications.pages import page_before


@require_safe
@login_required
def inbox(request: MemberRequest) -> HttpResponse:
    page = page_before(Notification.objects.shown_to(request.user), request.GET.get("before", ""))
    here = {
        "notifications": page.rows,
        "newest": page.rows[0].pk if page.rows else 0,
        "next_url": f"{reverse('notifications:inbox')}?before={page.rows[-1].pk}" if page.has_more else "",
        "is_first": page.is_first,
    }
    return render(request, "notifications/inbox_page.html", here)


@login_required
def open_notification(request: MemberRequest, pk: int) -> HttpResponse:
    """Marks it read and leads to what it is about. Whoever had to sign in first comes back with a GET."""
    if request.method != "POST":
        return redirect("notifications:inbox")
    notification = get_object_or_404(Notification.objects.of(request.user), pk=pk)
    mark_read(notification)
    return HttpResponse(status=303, headers={"Location": notification.url})


@login_required
def read_all(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("notifications:inbox")
    mark_all_read(request.user, up_to=UpToForm(request.POST).pressed()["up_to"])
    return redirect("notifications:inbox")
