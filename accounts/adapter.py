"""How sign-up, sign-in and their mails differ from what allauth does by itself."""

import logging
import unicodedata
from contextlib import nullcontext
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.internal.flows.signup import send_unknown_account_mail
from allauth.account.internal.userkit import did_user_login
from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import in_language_of
from accounts.leaving.going import undo_token
from accounts.models import FormerName, Leaving, User
from accounts.providers.linked import forget_others, is_opened_from_elsewhere_only
from accounts.sessions import LISTED

logger = logging.getLogger(__name__)

FAILED_SIGN_IN_SECONDS = 15 * 60


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("This account is closed."),
        "duplicate_email": gettext_lazy("This is the address you have already."),
        "email_password_mismatch": gettext_lazy(
            "Name and password do not go together. Try again, or reset the password."
        ),
        "username_password_mismatch": gettext_lazy(
            "Name and password do not go together. Try again, or reset the password."
        ),
        "email_taken": gettext_lazy("Somebody uses this address already."),
        "enter_current_password": gettext_lazy("This is not your present password."),
        "incorrect_code": gettext_lazy("This is not the code we sent. Look at the newest mail."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "rate_limited": gettext_lazy("A code is on its way already. Wait ten seconds before you ask for another."),
        "same_as_current": gettext_lazy("This is the address we sent the code to."),
        "too_many_login_attempts": gettext_lazy(
            "That was too often. Wait a moment and sign in again; we send a new code."
        ),
        "username_taken": gettext_lazy("Somebody has this user name already; choose another."),
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:
        cleaned: str = super().clean_username(unicodedata.normalize("NFKC", username), shallow)
        if FormerName.is_one(cleaned):
            raise ValidationError(self.error_messages["username_taken"])
        return cleaned

    def clean_email(self, email: str) -> str:
        if not email.isascii():
            raise ValidationError(_("Write the address with plain letters only (a domain in its xn-- form)."))
        return email

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        try:
            with transaction.atomic():
                saved: User = super().save_user(request, user, form, commit)
        except IntegrityError as error:  # the same form sent twice at the same moment
            messages.error(request, _("Somebody took this name a moment ago. If that was you, sign in."))
            raise ImmediateHttpResponse(redirect("account_login")) from error
        return saved

    def login(self, request: HttpRequest, user: User) -> None:
        """The first sign-in shows whose account it is: whoever joined by a provider before, with an address that was
        never theirs, has no way in any more."""
        if user.last_login is None:
            forget_others(request, user)
        super().login(request, user)
        request.session[LISTED] = True

    def set_password(self, user: User, password: str) -> None:
        """Nothing but that: what is counted beside it goes on being counted meanwhile."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Too many wrong passwords or codes are 429, wherever they were typed."""
        if code == "too_many_login_attempts":
            raise ImmediateHttpResponse(too_many_tries())
        error: ValidationError = super().validation_error(code, *args)
        return error

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to show once more that it is you, in our words. Who has none of them gets a code by mail."""
        known = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code from your app"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        ways = super().get_reauthentication_methods(user)
        if not ways and user.is_authenticated and is_opened_from_elsewhere_only(user):
            return [{"id": "mailed_code", "url": reverse("reauthenticate_by_mail")}]
        return [way | {"description": known[way["id"]]} for way in ways]

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Before sign-in only an address that the account still has can be confirmed: a code that was sent before
        somebody else claimed the account opens nothing."""
        if request.user.is_anonymous and email_address.pk is None:
            return False
        is_confirmed: bool = super().confirm_email(request, email_address)
        return is_confirmed

    def send_account_already_exists_mail(self, email: str) -> None:
        """Who gave an address that has an account, and then another one, is told about that other one."""
        if filter_users_by_email(email):
            super().send_account_already_exists_mail(email)
        else:
            send_unknown_account_mail(current.request, email)

    def is_safe_url(self, url: str) -> bool:
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=settings.IS_HTTPS
        )

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Who deletes their account and gave name and password may stay."""
        leaving = Leaving.objects.filter(member=user).first()
        if leaving is None or not leaving.can_be_undone:
            closed: HttpResponse = super().respond_user_inactive(request, user)
            return closed
        return redirect("accounts:stay", undo_token(leaving))

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _dash, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", args=[uid, token])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Links come from SITE_URL, never from the host that the request named. A member's mail is in their language,
        whoever asked for it."""
        reader = context.get("user")
        with in_language_of(reader) if reader and reader.language else nullcontext():
            self.render_mail(template_prefix, email, context | {"email": email, "site_url": settings.SITE_URL}).send()
        secret = context.get("code") or context.get("password_reset_url")
        if secret and settings.IS_LOCAL:
            logger.info("mail to %s: %s", email, secret)


def too_many_tries() -> HttpResponse:
    response: HttpResponse = respond_429(current.request)
    response.headers["Retry-After"] = str(FAILED_SIGN_IN_SECONDS)
    return response


def _can_change(process: EmailVerificationProcess) -> bool:
    """Whether a wrong address can be mended where the code is asked for: also by who gave one that has an account
    already, for whom none was made. Otherwise the page would tell that."""
    if process.is_change_quota_reached(app_settings.EMAIL_VERIFICATION_MAX_CHANGE_COUNT):
        return False
    return process.user is None or not did_user_login(process.user)


EmailVerificationProcess.can_change = property(_can_change)
