"""The sixty members of the demo, and who of them belongs where."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User
from communities.demo import ACCOUNTS, PASSWORD
from communities.demo.chance import between, fraction, shuffled
from communities.demo.threads import Place, read_members

FIRST_DAY = 450  # days ago; the oldest thread is 400 days old
EVERYWHERE, STAFF = ACCOUNTS[0], ACCOUNTS[2]
FEWEST, MOST = 24, 36  # members whom a community wants; more only when more write in it


class NameTaken(Exception):
    """Somebody else has the name of a demo member; the message says which."""


def people(now: datetime) -> dict[str, User]:
    """The members by user name; the missing ones are made, with a verified address and the password."""
    listed = {member["username"]: member for member in read_members()}
    there = {user.username: user for user in User.objects.filter(username__in=listed)}
    for user in there.values():
        if user.email != _address(user.username):
            raise NameTaken(f"{user.username} is somebody else's account here; the demo wants a database of its own.")
    made = _make([listed[name] for name in listed if name not in there], now)
    return there | {user.username: user for user in made}


def _make(listed: list[dict[str, str]], now: datetime) -> list[User]:
    if not listed:
        return []
    password = make_password(PASSWORD)  # slow on purpose, so all share one
    members = [
        User(
            **facts,
            email=_address(facts["username"]),
            password=password,
            date_joined=_joined(facts["username"], now),
        )
        for facts in listed
    ]
    for user in members:
        user.is_staff = user.is_superuser = user.username == STAFF
    made: list[User] = User.objects.bulk_create(members)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, primary=True, verified=True) for user in made
    )
    return made


def belonging(place: Place, names: list[str]) -> list[str]:
    """Who belongs there: those who write, the one who is at home everywhere, and some who read."""
    if place.is_private:
        return place.members
    writers = place.writers | {EVERYWHERE}
    wanted = between(FEWEST, MOST, place.slug, "members")
    readers = shuffled(set(names) - writers, place.slug, "readers")
    return sorted(writers) + readers[: max(0, wanted - len(writers))]


def _address(username: str) -> str:
    return f"{username}@example.org"


def _joined(username: str, now: datetime) -> datetime:
    return now - timedelta(days=FIRST_DAY + 60 * fraction(username, "joined"))
