"""What this floor erases of somebody who left: what its log says of them, in what was sent and what came back."""

from django.db.models import Q

from accounts.leaving.steps import erase_by
from accounts.models import Leaving, User
from webhooks.models import Delivery


def register() -> None:
    erase_by(_erase, Delivery)


def _erase(member: User, _leaving: Leaving) -> None:
    """The log goes back a month; what was sent stays with whoever got it."""
    named = Q()
    for called in {member.username, member.display_name}:
        named |= Q(body__icontains=called) | Q(said__icontains=called)
    Delivery.objects.filter(named).update(body="", said="")
