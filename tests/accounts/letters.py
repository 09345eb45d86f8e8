"""Reads what the outbox holds for an address."""

import re

from outbox.models import Mail


def last_mail(recipient: str) -> Mail:
    return Mail.objects.filter(recipient=recipient).latest("pk")


def code_in(mail: Mail) -> str:
    """The code stands alone on its line."""
    (code,) = re.findall(r"^[A-Z0-9-]{6,}$", mail.text, re.MULTILINE)
    return code


def links_in(mail: Mail) -> list[str]:
    return re.findall(r"https?://\S+", mail.text)
