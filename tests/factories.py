"""Makes the rows that tests begin with."""

from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import User


def make_user(username: str, *, password: str | None = None, **fields: Any) -> User:
    """A member with a verified address; without `password` nobody can sign in with one."""
    fields.setdefault("email", f"{username}@example.org".lower())
    user = User.objects.create_user(username, password=password, **fields)
    if user.email:
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def make_stub(username: str, **fields: Any) -> User:
    """A member as an import makes them: nobody has signed in."""
    fields.setdefault("origin_url", f"https://elsewhere.example/users/{username}")
    return make_user(username, email="", **fields)
