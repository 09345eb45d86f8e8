"""The moment of a new level: said once, on the next page that the member opens."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.models import User


def level_toast(request: HttpRequest) -> SafeString:
    """Asks the database only when there is something to say; of two pages opened at once, one says it.

    What is loaded as a picture or a frame is no page that they open.
    """
    member = request.user
    if request.headers.get("Sec-Fetch-Dest", "document") != "document":
        return SafeString("")
    if member.is_anonymous or member.level <= member.told_level or not _says_it_first(member):
        return SafeString("")
    return render_to_string("gamification/_level_toast.html", {"level": member.level}, request)


def _says_it_first(member: User) -> bool:
    untold = User.objects.filter(pk=member.pk, told_level__lt=member.level)
    return untold.update(told_level=member.level) == 1
