"""The pages on which owners look after the webhooks of their community. Whoever hands texts on gives their password."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import kept_text, signed_in
from accounts.requests import MemberRequest, PageRequest
from communities import permissions
from communities.actions.unfit import Unfit
from communities.models import Community
from communities.rules import ID_DIGITS
from communities.views.access import seen_community
from net.limits import spend
from webhooks import actions, rules
from webhooks.forms import SwitchForm, WebhookForm
from webhooks.models import Delivery, Webhook

LOOKS = (1, 2, 2, 3, 5, 5, 10)
"""Seconds after which a page asks what became of a delivery, each time."""


@signed_in
@require_safe
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    community = owned_community(request, slug)
    webhooks = community.webhooks.order_by("pk")
    context = {"community": community, "webhooks": webhooks, "most": rules.WEBHOOKS_MAX}
    return render(request, "webhooks/webhooks_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def create(request: MemberRequest, slug: str) -> HttpResponse:
    """The secret stands on the page that answers, and on no other ever."""
    response: HttpResponse = _create(request, owned_community(request, slug))
    return response


@reauthentication_required
def _create(request: MemberRequest, community: Community) -> HttpResponse:
    form = WebhookForm(request.POST if request.method == "POST" else None, initial=kept_text(request))
    if form.is_bound:
        count(request, "webhook")
    if form.is_bound and form.is_valid():
        try:
            webhook, secret = actions.make_webhook(community, by=request.user, **form.cleaned_data)
        except Unfit as refusal:
            form.add_error(None, str(refusal))
        else:
            return _secret_page(request, webhook, secret)
    context = {"community": community, "form": form}
    return render(request, "webhooks/webhook_form_page.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def show(request: HttpRequest, slug: str, webhook: int) -> HttpResponse:
    """With the log, the newest first."""
    hook = owned_webhook(request, slug, webhook)
    before = request.GET.get("before", "")
    deliveries = hook.deliveries.order_by("-pk")
    is_lost = bool(before) and not (before.isascii() and before.isdigit() and len(before) <= ID_DIGITS)
    if before and not is_lost:
        deliveries = deliveries.filter(pk__lt=int(before))
    shown = list(deliveries.defer("body", "said")[: rules.DELIVERIES_PER_PAGE + 1])
    rows, more = shown[: rules.DELIVERIES_PER_PAGE], shown[rules.DELIVERIES_PER_PAGE :]
    context = {
        "community": hook.community,
        "webhook": hook,
        "deliveries": rows,
        "next_url": f"?before={rows[-1].pk}" if more else "",
        "days": rules.LOG_KEPT.days,
    }
    return render(request, "webhooks/webhook_page.html", context, status=422 if is_lost else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: MemberRequest, slug: str, webhook: int) -> HttpResponse:
    response: HttpResponse = _edit(request, owned_webhook(request, slug, webhook))
    return response


@reauthentication_required
def _edit(request: MemberRequest, webhook: Webhook) -> HttpResponse:
    shown = {"url": webhook.url, "events": webhook.events}
    form = WebhookForm(request.POST if request.method == "POST" else None, initial=shown | kept_text(request))
    if form.is_bound:
        count(request, "webhook")
    if form.is_bound and form.is_valid():
        actions.change_webhook(webhook, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(webhook)
    context = {"community": webhook.community, "webhook": webhook, "form": form}
    return render(request, "webhooks/webhook_form_page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def secret(request: MemberRequest, slug: str, webhook: int) -> HttpResponse:
    """GET asks, POST makes a new one."""
    response: HttpResponse = _secret(request, owned_webhook(request, slug, webhook))
    return response


@reauthentication_required
def _secret(request: MemberRequest, webhook: Webhook) -> HttpResponse:
    if request.method != "POST":
        context = {"community": webhook.community, "webhook": webhook}
        return render(request, "webhooks/secret_form_page.html", context)
    count(request, "webhook")
    return _secret_page(request, webhook, actions.roll_secret(webhook, by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def delete(request: MemberRequest, slug: str, webhook: int) -> HttpResponse:
    """GET asks: address and log can't be brought back."""
    hook = owned_webhook(request, slug, webhook)
    if request.method != "POST":
        context = {"community": hook.community, "webhook": hook}
        return render(request, "webhooks/delete_form_page.html", context)
    count(request, "webhook")
    actions.delete_webhook(hook, by=request.user)
    messages.success(request, _("Deleted. Nothing is told to %(host)s any more.") % {"host": hook.host})
    return redirect("webhooks:webhooks", slug)


@require_http_methods(["GET", "POST"])
@signed_in
def switch(request: MemberRequest, slug: str, webhook: int) -> HttpResponse:
    hook = owned_webhook(request, slug, webhook)
    if request.method == "POST":
        is_on = bool(SwitchForm(request.POST).pressed()["value"])
        count(request, "webhook")
        actions.switch_webhook(hook, by=request.user, is_on=is_on)
        messages.success(request, _("Switched on.") if is_on else _("Switched off."))
    return redirect(hook)


@require_http_methods(["GET", "POST"])
@signed_in
def test(request: MemberRequest, slug: str, webhook: int) -> HttpResponse:
    """Leads to the page on which the answer appears."""
    hook = owned_webhook(request, slug, webhook)
    if request.method == "GET":
        return redirect(hook)
    count(request, "webhook-test")
    return redirect(actions.send_test(hook, by=request.user))


@signed_in
@require_safe
def delivery(request: PageRequest, slug: str, webhook: int, delivery: UUID) -> HttpResponse:
    """What was sent and what came back; asks for itself as long as that is not known."""
    found = owned_delivery(request, slug, webhook, delivery)
    looks = request.GET.get("looks", "0")
    look = int(looks) if looks.isdecimal() and len(looks) < 3 else 0
    context = {
        "community": found.webhook.community,
        "webhook": found.webhook,
        "delivery": found,
        "looks": look + 1,
        "delay": LOOKS[look] if look < len(LOOKS) else 0,
    }
    template = "webhooks/_delivery.html" if request.htmx else "webhooks/delivery_page.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
@signed_in
def resend(request: MemberRequest, slug: str, webhook: int, delivery: UUID) -> HttpResponse:
    found = owned_delivery(request, slug, webhook, delivery)
    if request.method == "POST":
        count(request, "webhook-test")
        actions.resend(found, by=request.user)
    return redirect(found)


def owned_community(request: HttpRequest, slug: str) -> Community:
    """Raises PermissionDenied for who does not own it."""
    community, me = seen_community(request, slug)
    if not permissions.can_manage(me):
        raise PermissionDenied(_("Only owners can look after webhooks."))
    return community


def owned_webhook(request: HttpRequest, slug: str, pk: int) -> Webhook:
    community = owned_community(request, slug)
    hook = get_object_or_404(Webhook, community=community, pk=pk)
    hook.community = community
    return hook


def owned_delivery(request: HttpRequest, slug: str, pk: int, uuid: UUID) -> Delivery:
    hook = owned_webhook(request, slug, pk)
    found = get_object_or_404(hook.deliveries, uuid=uuid)
    found.webhook = hook
    return found


def count(request: HttpRequest, verb: str) -> None:
    """Raises TooOften."""
    spend(verb, request.user.pk, rules.RATES[verb])


def _secret_page(request: HttpRequest, webhook: Webhook, words: str) -> HttpResponse:
    context = {"community": webhook.community, "webhook": webhook, "secret": words}
    return render(request, "webhooks/secret_made_page.html", context, status=201)
