"""Who may do what with accounts."""

from accounts.models import User


def can_invite_claim(user: User) -> bool:
    """Staff who may change members may hand out links that give an imported one away."""
    return user.is_active and user.is_staff and user.has_perm("accounts.change_user")


def can_change_account(user: User, account: User) -> bool:
    """In the admin: staff change members, only superusers change staff."""
    return user.is_superuser or not (account.is_staff or account.is_superuser)
