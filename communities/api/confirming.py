"""For acts before which the pages ask for the password."""

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.bearer import is_program
from net.problems import Problem


def confirm(request: HttpRequest) -> None:
    """A token was made with the password; a session of a browser has to have been given it a few minutes ago."""
    if is_program(request):
        return
    try:
        _asked(request)
    except ReauthenticationRequired:
        raise Problem(403, _("Type your password on a page that asks for it first, or send a token.")) from None


@reauthentication_required
def _asked(request: HttpRequest) -> None:
    """Raises ReauthenticationRequired."""
