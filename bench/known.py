"""Members whose names and addresses `bench.doors` knows. Run by itself it sees to it that they are there."""

import json

import django

django.setup()

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User

MEMBERS = 200
NAMES = [f"known-{number}" for number in range(MEMBERS)]


def fill() -> None:
    password = make_password("three stones on a hill")
    missing = set(NAMES) - set(User.objects.filter(username__in=NAMES).values_list("username", flat=True))
    users = [User(username=name, email=f"{name}@example.org", password=password) for name in sorted(missing)]
    addresses = [
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in User.objects.bulk_create(users)
    ]
    EmailAddress.objects.bulk_create(addresses)


if __name__ == "__main__":
    fill()
    print(json.dumps(NAMES))
