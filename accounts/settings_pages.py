"""The pages of one's settings, in the order of the list beside each of them.

A page wears the frame by `{% extends "accounts/settings_frame.html" %}` and stands in the list once its app calls
`add_settings_page`: those of this floor are below, an app of a higher one calls it in `AppConfig.ready`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SettingsPage:
    """`address` is the name of its route; `within` names the routes that are reached through it."""

    address: str
    title: str | Promise
    within: tuple[str, ...] = ()


WITHIN_SECURITY = (
    *("mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
)
_pages = [
    SettingsPage("accounts:settings", _("Profile")),
    SettingsPage("accounts:privacy", _("Privacy")),
    SettingsPage("appearance", _("Appearance")),
    SettingsPage("language", _("Language")),
    SettingsPage("account_email", _("E-mail address")),
    SettingsPage("account_change_password", _("Password"), ("account_set_password",)),
    SettingsPage("accounts:security", _("Security"), WITHIN_SECURITY),
    SettingsPage("accounts:tokens", _("Tokens for programs"), ("accounts:token_create",)),
    SettingsPage("accounts:mydata", _("My data"), ("accounts:leave",)),
]


def add_settings_page(page: SettingsPage) -> None:
    """Puts it at the end; twice is once."""
    if page not in _pages:
        _pages.append(page)


def settings_pages() -> tuple[SettingsPage, ...]:
    return tuple(_pages)
