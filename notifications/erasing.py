"""What this floor erases of somebody who left: their inbox, and their name in those of others."""

import re

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Cast

from accounts.leaving.own import NAMELESS
from accounts.leaving.steps import erase_by
from accounts.models import Leaving, User
from notifications.models import Notification


def register() -> None:
    erase_by(_clear, Notification)


def _clear(member: User, _leaving: Leaving) -> None:
    """Where somebody else has the same name, theirs goes from older sentences, too: these do not say whose it is. The
    longer name first, for the other may stand in it."""
    Notification.objects.filter(recipient=member).delete()
    for called in sorted({member.display_name, member.username}, key=len, reverse=True):
        naming = Notification.objects.filter(title__icontains=called)
        naming.update(title=_without(called))


def _without(called: str) -> Func:
    """As a word of its own: Ada's name does not stand in Adam's."""
    alone = rf"(?<!\w){re.escape(called)}(?!\w)"
    title = Cast(F("title"), TextField())
    return Func(title, Value(alone), Value(NAMELESS), Value("gi"), function="REGEXP_REPLACE", output_field=TextField())
