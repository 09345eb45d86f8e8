"""A member who wants none of this to be shown."""

from accounts.models import User
from gamification.boards.choosing import rescore_soon


def choose_quiet(user: User, *, is_quiet: bool) -> None:
    """From now on nothing of this floor is shown to them, nor of them on their profile, or all of it is. Idempotent.

    What they do goes on counting; leaderboards show them to nobody meanwhile.
    """
    User.objects.filter(pk=user.pk).update(is_quiet=is_quiet)
    user.is_quiet = is_quiet
    rescore_soon(user)
