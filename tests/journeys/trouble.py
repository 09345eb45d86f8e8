"""Breaks the running site for a while, so that its pages of apology can be looked at."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from accounts.models import User
from communities.models import Post
from communities.rules import RATES
from net.limits import TooOften, spend


@contextmanager
def database_away() -> Iterator[None]:
    """Nobody new gets a connection, as while PostgreSQL starts."""
    database = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection._nodb_cursor() as cursor:  # nobody can close the door from inside
        cursor.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")
        try:
            yield
        finally:
            cursor.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")


@contextmanager
def table_missing() -> Iterator[None]:
    """A mistake of ours: the table of the posts is not there."""
    table = Post._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO mislaid")
        try:
            yield
        finally:
            cursor.execute(f"ALTER TABLE mislaid RENAME TO {table}")


def use_up(verb: str, person: User) -> None:
    """The person has done it as often as the limit allows."""
    while True:
        try:
            spend(verb, person.pk, RATES[verb])
        except TooOften:
            return
