"""Who stands in the byline of a text whose author took their name off it."""

from accounts.models import FORMER_MEMBER, User


def former_member() -> User:
    """One for the whole place. Nothing is told to it, and its name can't be chosen by anybody else."""
    member, is_new = User.objects.get_or_create(
        origin_url=FORMER_MEMBER, defaults={"username": "former-member", "name": "former member"}
    )
    if is_new:
        member.set_unusable_password()
        member.save(update_fields=["password"])
    return member
