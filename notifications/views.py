"""The inbox: what a member was told."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from notifications.actions import mark_all_read, mark_read
from notifications.models import Notification

PAGE = 30


@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    notifications = Notification.objects.of(request.user).order_by("-pk")[:PAGE]
    return render(request, "notifications/inbox_page.html", {"notifications": notifications})


@login_required
@require_POST
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    notification = get_object_or_404(Notification.objects.of(request.user), pk=pk)
    mark_read(notification)
    return redirect(notification.url)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    mark_all_read(request.user, up_to=int(request.POST["up_to"]))
    return redirect("notifications:inbox")
