"""What others see of a member, and what the member changes there."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.models import User
from accounts.stones import stones_svg


def profile(request: HttpRequest, username: str) -> HttpResponse:
    member = get_object_or_404(User.objects.active(), username__iexact=username)
    return render(request, "accounts/profile_page.html", {"member": member})


def avatar(request: HttpRequest, username: str) -> HttpResponse:
    member = get_object_or_404(User.objects.active(), username__iexact=username)
    return HttpResponse(stones_svg(member.username), content_type="image/svg+xml")


@login_required
def settings(request: HttpRequest) -> HttpResponse:
    return redirect(request.user)


def claim(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404


def appearance(request: HttpRequest) -> HttpResponse:
    return redirect("home")
