"""A user name to begin with, for somebody whom a provider calls something."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.names import username_validators

TRIES = 20
LENGTH = 26  # leaves room for a number


def suggested_username(*called: str) -> str:
    """The first that could be one and is free, perhaps with a number; "" when nothing could be made of any."""
    for text in called:
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
        begin = re.sub(r"[^A-Za-z0-9_.-]+", "-", plain.lower())[:LENGTH].strip("-_.")
        for name in (begin, *(f"{begin}{number}" for number in range(2, TRIES))):
            if _could_be(begin) and not User.objects.filter(username__iexact=name).exists():
                return name
    return ""


def _could_be(name: str) -> bool:
    try:
        for validate in username_validators:
            validate(name)
    except ValidationError:
        return False
    return True
