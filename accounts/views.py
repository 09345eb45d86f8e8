"""What others see of a member, and what the member changes there."""

from contextlib import suppress

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import actions
from accounts.backends import hash_in_vain
from accounts.context import THEME_COOKIE
from accounts.context import appearance as chosen_theme
from accounts.forms import AppearanceForm, ClaimForm, SettingsForm
from accounts.kept import kept_text, signed_in
from accounts.models import User
from accounts.requests import MemberRequest
from accounts.stones import stones_svg
from net.limits import Rate, spend

YEAR = 365 * 24 * 3600
SAVING = Rate(30, 3600)  # settings, with or without a picture
ADDRESS_STATUS = {actions.ClaimForged: 404, actions.ClaimExpired: 410, actions.AlreadyClaimed: 410}


@require_safe
def profile(request: HttpRequest, username: str) -> HttpResponse:
    member = get_object_or_404(User.objects.visible_to(request.user), username__iexact=username)
    context = {"member": member, "site": settings.SITE_URL}
    return render(request, "accounts/profile_page.html", context)


@require_safe
def avatar(request: HttpRequest, username: str) -> HttpResponse:
    """The picture, else the pile of stones; for everybody, as it stands beside texts.

    Under the address that names its version it may be kept for a year.
    """
    member = get_object_or_404(User.objects.active(), username__iexact=username)
    response = _drawing(member)
    if request.GET.get("v") == member.avatar_version:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=300)
    response.headers["ETag"] = etag = f'"{member.avatar_version}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return get_conditional_response(request, etag=etag, response=response) or response


def _drawing(member: User) -> HttpResponse:
    if member.avatar:
        with suppress(FileNotFoundError):
            return HttpResponse(member.avatar.read(), content_type="image/webp")
    return HttpResponse(stones_svg(member.username), content_type="image/svg+xml")


@signed_in
def edit_settings(request: MemberRequest) -> HttpResponse:
    member = request.user
    now = {"name": member.name, "bio": member.bio, "time_zone": member.time_zone}
    is_sent = request.method == "POST"
    if is_sent:
        spend("settings", member.pk, SAVING)
    form = SettingsForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial=now | kept_text(request),
        has_picture=bool(member.avatar),
    )
    if form.is_valid():
        actions.edit_profile(member, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:settings")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/settings_page.html", {"form": form}, status=status)


@never_cache
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """Where the person behind an imported member takes the account over."""
    try:
        stub = actions.stub_behind(token)
        form = ClaimForm(request.POST if request.method == "POST" else None, stub=stub)
        if form.is_valid() and request.user.is_anonymous:
            return _claim(request, stub, form)
    except actions.ClaimRefused as refusal:
        status = ADDRESS_STATUS[type(refusal)]
        return render(request, "accounts/claim_refused_page.html", {"refusal": type(refusal).__name__}, status=status)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/claim_page.html", {"form": form, "stub": stub}, status=status)


def _claim(request: HttpRequest, stub: User, form: ClaimForm) -> HttpResponse:
    email = form.cleaned_data["email"]
    member = None  # taken address: the same next page as otherwise; the mail there says what is the matter
    if form.is_address_taken:
        hash_in_vain(form.cleaned_data["password"])
    else:
        member = actions.claim(stub, email=email, password=form.cleaned_data["password"])
    to_code: HttpResponse = perform_login(request, member, email=email, signup=True)
    return to_code


@never_cache
def appearance(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the device is set: a cookie, so that it works for everybody and without a flash."""
    is_sent = request.method == "POST"
    form = AppearanceForm(request.POST if is_sent else None, initial=chosen_theme(request))
    came_from = way_back(request)
    if form.is_valid():
        return _with_theme(redirect(came_from), form.cleaned_data["theme"])
    status = 422 if form.is_bound else 200
    return render(request, "accounts/appearance_page.html", {"form": form, "next": came_from}, status=status)


def way_back(request: HttpRequest) -> str:
    """To the page of ours that somebody came from."""
    url = request.POST.get("next") or request.GET.get("next") or request.headers.get("Referer", "")
    is_own = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=settings.IS_HTTPS)
    is_page = is_own and url.startswith(("/", "http")) and not url.endswith(request.path)
    return url if is_page else reverse("home")


def _with_theme(response: HttpResponse, theme: str) -> HttpResponse:
    if theme:
        response.set_cookie(THEME_COOKIE, theme, max_age=YEAR, secure=settings.IS_HTTPS, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response
