"""What members agree to, and the wording that counts today."""

from datetime import date

from accounts.models import Consent, User

RULES = date(2026, 11, 24)
"""Of templates/home/rules_page.html: it changes with the words there, and old ones stay in the history of this file."""


def agree_to_rules(member: User) -> None:
    """To those of today; who joins agrees to them."""
    Consent.objects.create(member=member, kind=Consent.Kind.RULES, version=RULES)
