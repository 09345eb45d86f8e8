"""The page "E-mail address", and the one behind the links that both mailboxes get."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.address.moving import Mailbox, Taken, TooLate, agree, ask, change_behind, finish, send_links, stop
from accounts.forms import in_our_words
from accounts.kept import signed_in
from accounts.models import AddressChange, User
from accounts.requests import MemberRequest
from accounts.security import with_password_again
from net.limits import Rate, spend

ASKING = Rate(10, 3600)
TAKEN = gettext_lazy("Somebody else uses this address by now, so nothing has changed.")
PAGE = "account_email"


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, member: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.member = member

    def clean_email(self) -> str:
        email: str = get_adapter().clean_email(self.cleaned_data["email"]).lower()
        if email == self.member.email.lower():
            raise ValidationError(_("This is the address you have already."))
        return email


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
@with_password_again
def address(request: MemberRequest) -> HttpResponse:
    """Who they are is asked when something is to change; it then goes on with what was typed."""
    if request.method != "POST":
        return _page(request, AddressForm(member=request.user))
    change = _asked_for(request.user)
    if change is None or "email" in request.POST:
        return _ask(request)
    if "again" in request.POST:
        spend("address", request.user.pk, ASKING)
        send_links(change)
        messages.success(request, _("The mails are on their way once more."))
    elif "stop" in request.POST:
        stop(change)
        messages.success(request, _("Your address stays as it is."))
    elif "finish" in request.POST:
        _finish(request, change)
    return redirect(PAGE)


def _ask(request: MemberRequest) -> HttpResponse:
    form = AddressForm(request.POST, member=request.user)
    if not form.is_valid():
        return _page(request, form)
    spend("address", request.user.pk, ASKING)
    ask(by=request.user, email=form.cleaned_data["email"])
    return redirect(PAGE)


def _finish(request: MemberRequest, change: AddressChange) -> None:
    try:
        finish(change)
    except TooLate:
        messages.info(request, _("Not yet: the mailbox you have now may still answer."))
    except Taken:
        stop(change)
        messages.error(request, TAKEN)
    else:
        messages.success(request, _("Your address is %(email)s now.") % {"email": change.email})


def _page(request: MemberRequest, form: AddressForm) -> HttpResponse:
    context = {"form": form, "change": _asked_for(request.user)}
    return render(request, "accounts/address_page.html", context, status=422 if form.errors else 200)


def _asked_for(member: User) -> AddressChange | None:
    change = AddressChange.objects.select_related("member").filter(member=member).first()
    return None if change is None or change.is_over else change


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever reads that mailbox says yes or no; nothing happens by opening it, since programs open links as well."""
    try:
        change, mailbox = change_behind(token)
        if request.method != "POST":
            context = {"change": change, "is_old": mailbox == Mailbox.OLD}
            return render(request, "accounts/address_change_page.html", context)
        if "no" in request.POST:
            stop(change)
            return _told(request, _("Nothing has changed"), _no(mailbox))
        return _told(request, *_yes(change, mailbox))
    except TooLate:
        title, text = _("This link is over"), _("The change was made, stopped, or asked for anew with another mail.")
        return _told(request, title, text, status=410)
    except Taken:
        return _told(request, _("Nothing has changed"), str(TAKEN), status=409)


def _yes(change: AddressChange, mailbox: Mailbox) -> tuple[str, str]:
    if agree(change, mailbox):
        return _("The address is changed"), _("From now on mails go to %(email)s.") % {"email": change.email}
    other = change.member.email if mailbox == Mailbox.NEW else change.email
    return _("Thank you"), _("Now the link in the other mail, to %(email)s.") % {"email": other}


def _no(mailbox: Mailbox) -> str:
    if mailbox == Mailbox.NEW:
        return _("This address will not be used.")
    return _("If it was not you who asked, somebody knows how to sign in as you: choose a new password now.")


def _told(request: HttpRequest, title: str, text: str, *, status: int = 200) -> HttpResponse:
    return render(request, "accounts/address_told_page.html", {"title": title, "text": text}, status=status)
